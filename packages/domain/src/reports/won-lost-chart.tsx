import { Segmented } from '@rapport/ui/segmented';
import { tooltip } from '@rapport/ui/tooltip';
import { scaleBand, scaleLinear } from 'd3-scale';
import { createSignal, For, onCleanup, Show } from 'solid-js';
import { periodLabel } from './choices.ts';
import { count, dealCount, foreignWords, locale, money, shortMoney } from './figures.web.ts';
import type { Drill, ReportReply } from './report.ts';
import type { PeriodRow } from './won-lost.ts';

const shownPeriods = { month: 12, quarter: 8 } as const;
const margin = { top: 10, right: 4, bottom: 22, left: 46 };

/** Won and lost side by side, by month or quarter. The axis always starts at zero. */
export function WonLostChart(props: {
  months: ReportReply<PeriodRow>;
  quarters: ReportReply<PeriodRow>;
  /** The period that runs now: '2026-11' or '2026-Q4'; its label is bold. */
  current: { month: string; quarter: string };
  onDrill: (title: string, drill: Drill) => void;
}) {
  const [unit, setUnit] = createSignal<'month' | 'quarter'>('month');
  const [measure, setMeasure] = createSignal<'value' | 'count'>('value');
  const [size, setSize] = createSignal({ width: 396, height: 216 });
  const observe = (element: HTMLElement) => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0)
        setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    onCleanup(() => observer.disconnect());
  };
  const report = () => (unit() === 'month' ? props.months : props.quarters);
  const dated = () => report().rows.filter((row) => row.period !== null);
  // A bar is also a button, at least 24 px wide.
  const fitting = () => Math.max(3, Math.floor((size().width - margin.left - margin.right) / 25));
  const rows = () => dated().slice(-Math.min(shownPeriods[unit()], fitting()));
  const undated = () => report().rows.find((row) => row.period === null);
  const valueOf = (row: PeriodRow, side: 'won' | 'lost') =>
    measure() === 'value' ? row[side].sum.minor : row[side].count;
  const y = () => {
    const values = rows().flatMap((row) => [valueOf(row, 'won'), valueOf(row, 'lost')]);
    return scaleLinear()
      .domain([Math.min(0, ...values), Math.max(1, ...values)])
      .nice(4)
      .range([size().height - margin.bottom, margin.top]);
  };
  const x = () =>
    scaleBand<string>()
      .domain(rows().map((row) => row.period ?? ''))
      .range([margin.left, size().width - margin.right])
      .padding(0.28);
  const tick = (value: number) =>
    measure() === 'value' ? shortMoney({ minor: value, currency: report().currency }) : count(value);
  const ticks = () =>
    y()
      .ticks(4)
      .filter((value) => measure() === 'value' || Number.isInteger(value));
  // Lost deals often have no value: the won ones stand in the middle then.
  const hasLost = () => rows().some((row) => valueOf(row, 'lost') !== 0);
  const bar = (row: PeriodRow, side: 'won' | 'lost') => {
    const value = valueOf(row, side);
    const width = Math.min(40, hasLost() ? x().bandwidth() / 2 - 1 : x().bandwidth());
    const middle = (x()(row.period ?? '') ?? 0) + x().bandwidth() / 2;
    const top = Math.min(y()(value), y()(0));
    return {
      x: hasLost() ? (side === 'won' ? middle - width - 1 : middle + 1) : middle - width / 2,
      width: Math.max(1, width),
      y: top,
      height: Math.max(value === 0 ? 0 : 1, Math.abs(y()(value) - y()(0))),
    };
  };
  const words = (row: PeriodRow) => {
    const side = (name: 'won' | 'lost') =>
      `${count(row[name].count)} ${name}, ${money(row[name].sum)}${row[name].foreign.length > 0 ? ` and ${foreignWords(row[name])}` : ''}`;
    return `${periodLabel(row.period, locale())}: ${side('won')}; ${side('lost')}`;
  };
  // Twelve labels need the year only where it begins.
  const label = (row: PeriodRow, index: number) => {
    const isFirstOfYear = index === 0 || row.period?.slice(0, 4) !== rows()[index - 1]?.period?.slice(0, 4);
    const short = periodLabel(row.period, locale(), { withYear: false });
    return isFirstOfYear && row.period !== null
      ? { text: short, year: row.period.slice(2, 4) }
      : { text: short, year: null };
  };
  const labelEvery = () => Math.max(1, Math.ceil(34 / Math.max(1, x().step())));
  return (
    <section class="box" aria-labelledby="won-lost-title">
      <header>
        <h2 id="won-lost-title">Won and lost</h2>
        <span class="segs">
          <Segmented
            label="Counted by"
            options={[
              { value: 'value', label: 'Value' },
              { value: 'count', label: 'Deals' },
            ]}
            value={measure()}
            onChange={setMeasure}
          />
          <Segmented
            label="Period"
            options={[
              { value: 'month', label: 'Months' },
              { value: 'quarter', label: 'Quarters' },
            ]}
            value={unit()}
            onChange={setUnit}
          />
        </span>
      </header>
      <Show
        when={rows().length > 0}
        fallback={
          <p class="t3 small nothing">
            No deal was won or lost yet. Drop one on Won or Lost, and its month appears here.
          </p>
        }
      >
        <div class="plot" ref={observe}>
          <svg class="chart" width={size().width} height={size().height} aria-hidden="true">
            <For each={ticks()}>
              {(value) => (
                <>
                  <line
                    x1={margin.left}
                    x2={size().width - margin.right}
                    y1={Math.round(y()(value)) + 0.5}
                    y2={Math.round(y()(value)) + 0.5}
                    class={value === 0 ? 'g z' : 'g'}
                  />
                  <text x={margin.left - 6} y={y()(value) + 3.5} text-anchor="end">
                    {tick(value)}
                  </text>
                </>
              )}
            </For>
            <For each={rows()}>
              {(row, index) => (
                <>
                  <rect {...bar(row, 'won')} class="won" rx="1.5" />
                  <rect {...bar(row, 'lost')} class="lost" rx="1.5" />
                  <Show when={index() % labelEvery() === 0}>
                    <text
                      x={(x()(row.period ?? '') ?? 0) + x().bandwidth() / 2}
                      y={size().height - 6}
                      text-anchor="middle"
                      class={row.period === props.current[unit()] ? 'cur' : ''}
                    >
                      {label(row, index()).text}
                      <Show when={label(row, index()).year}>{(year) => ` ’${year()}`}</Show>
                    </text>
                  </Show>
                </>
              )}
            </For>
          </svg>
          <For each={rows()}>
            {(row) => (
              <button
                type="button"
                class="col"
                aria-label={words(row)}
                ref={(element) => tooltip(element, () => words(row).replace(': ', '\n').replace('; ', '\n'))}
                style={{ left: `${(x()(row.period ?? '') ?? 0) - x().step() * 0.14}px`, width: `${x().step()}px` }}
                onClick={() => props.onDrill(`Closed in ${periodLabel(row.period, locale())}`, row.drill)}
              />
            )}
          </For>
        </div>
        <div class="small t3 fnote">
          <span class="lg">
            <i class="won" aria-hidden="true" />
            Won
            <i class="lost" aria-hidden="true" />
            Lost
          </span>
          <span ref={(element) => tooltip(element, () => report().formula)}>
            <Show
              when={dated().length > rows().length}
              fallback={`Every ${unit()} with a closed deal; axis from 0; n = ${count(report().n)}`}
            >
              {`Last ${rows().length} of ${dated().length} ${unit()}s; axis from 0; n = ${count(report().n)} in all`}
            </Show>
          </span>
          <Show when={undated()}>
            {(row) => (
              <button type="button" onClick={() => props.onDrill('Closed without a date', row().drill)}>
                {dealCount(row().won.count + row().lost.count)} without a closing date
              </button>
            )}
          </Show>
        </div>
      </Show>
    </section>
  );
}
