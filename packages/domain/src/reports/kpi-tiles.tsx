import { Skeleton } from '@rapport/ui/skeleton';
import { tooltip } from '@rapport/ui/tooltip';
import { For, type JSX, Show } from 'solid-js';
import type { Moved } from './create-moved.web.ts';
import type { Numbers } from './create-numbers.web.ts';
import { count, dealCount, foreignWords, money, percent } from './figures.web.ts';
import { openHeadline } from './headline.ts';
import { MovedTag, movedClass } from './moved-tag.tsx';
import type { Amount, Drill } from './report.ts';

interface Tile {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly detail: JSX.Element;
  readonly formula: string;
  readonly drill: Drill | null;
}

const withForeign = (formula: string, amount: Pick<Amount, 'foreign'>): string =>
  amount.foreign.length === 0 ? formula : `${formula}\nNot added up, other currencies: ${foreignWords(amount)}.`;

/** Open pipeline, weighted, won, win rate, at risk: each tells its formula and opens its deals. */
export function KpiTiles(props: {
  numbers: Numbers;
  /** “this quarter”. */
  period: string;
  moved: (key: string) => Moved | undefined;
  onDrill: (title: string, drill: Drill) => void;
}) {
  const tiles = (): readonly Tile[] => {
    const { pipeline, atRisk, winRate } = props.numbers;
    const [decided] = winRate?.rows ?? [];
    if (pipeline === undefined || atRisk === undefined || decided === undefined) return [];
    const open = openHeadline(pipeline.rows, pipeline.currency);
    const risk = openHeadline(atRisk.rows, pipeline.currency);
    const foreignOf = (foreign: Amount['foreign']) =>
      foreign.length === 0
        ? ''
        : `, ${count(foreign.reduce((sum, each) => sum + each.count, 0))} not in ${pipeline.currency}`;
    return [
      {
        key: 'open',
        label: 'Open pipeline',
        value: money(open.sum),
        detail: `${dealCount(open.count)}${foreignOf(open.foreign)}`,
        formula: withForeign(`The values of all deals in open stages, added up. n = ${open.count}`, open),
        drill: open.drill,
      },
      {
        key: 'weighted',
        label: 'Weighted',
        value: money(open.weighted),
        detail: open.sum.minor > 0 ? `${percent(open.weighted.minor / open.sum.minor)} of open` : 'of nothing open',
        formula: withForeign(`Each open stage’s sum × its probability, added up. n = ${open.count}`, open),
        drill: open.drill,
      },
      {
        key: 'won',
        label: `Won ${props.period}`,
        value: money(decided.won.sum),
        detail: `${dealCount(decided.won.count)}${foreignOf(decided.won.foreign)}`,
        formula: withForeign(
          `The values of deals in won stages with a closing date ${props.period}. n = ${decided.won.count}`,
          decided.won,
        ),
        drill: decided.drills.won,
      },
      {
        key: 'rate',
        label: 'Win rate',
        value: percent(decided.rate),
        detail: `n = ${decided.n.toLocaleString(navigator.language)}`,
        formula: `${winRate?.formula ?? ''} Closed ${props.period}: ${decided.won.count} ÷ (${decided.won.count} + ${decided.lost.count}). n = ${decided.n}`,
        drill: decided.drill,
      },
      {
        key: 'risk',
        label: 'At risk',
        value: money(risk.sum),
        detail: (
          <b class={risk.count > 0 ? 'bad' : ''}>
            {risk.count === 0 ? 'Nothing rots' : `${dealCount(risk.count)} ${risk.count === 1 ? 'rots' : 'rot'}`}
          </b>
        ),
        formula: withForeign(`${atRisk.formula} n = ${risk.count}`, risk),
        drill: risk.drill,
      },
    ];
  };
  const keys = ['open', 'weighted', 'won', 'rate', 'risk'];
  const tile = (key: string) => tiles().find((each) => each.key === key);
  return (
    <section class="kpis" aria-label="Numbers">
      <For each={keys}>
        {(key) => (
          <Show when={tile(key)} fallback={<KpiSkeleton />}>
            {(shown) => (
              <button
                type="button"
                class={`kpi${movedClass(props.moved(key))}`}
                ref={(element) => tooltip(element, () => shown().formula)}
                onClick={() => {
                  const { drill, label } = shown();
                  if (drill !== null) props.onDrill(label, drill);
                }}
              >
                <span class="k">{shown().label}</span>
                <span class="v num">{shown().value}</span>
                <span class="d num">{shown().detail}</span>
                <MovedTag moved={props.moved(key)} />
              </button>
            )}
          </Show>
        )}
      </For>
    </section>
  );
}

function KpiSkeleton() {
  return (
    <div class="kpi late" aria-hidden="true">
      <Skeleton width="64px" />
      <div style={{ height: '14px' }} />
      <Skeleton width="112px" height="18px" />
      <div style={{ height: '12px' }} />
      <Skeleton width="72px" />
    </div>
  );
}
