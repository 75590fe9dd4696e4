import { StageMark } from '@rapport/ui/stage-mark';
import { tooltip } from '@rapport/ui/tooltip';
import { For, Show } from 'solid-js';
import type { Moved } from './create-moved.web.ts';
import { count, dealCount, days, foreignWords, money } from './figures.web.ts';
import { MovedTag, movedClass } from './moved-tag.tsx';
import type { StageRow } from './pipeline-by-stage.ts';
import type { Drill, ReportReply } from './report.ts';
import type { CycleRow } from './sales-cycle.ts';

const ringColour = (colour: string): string | undefined => (colour === '' ? undefined : `var(--person-${colour})`);

/** The open stages: how many deals, their sum and what it weighs; beneath, how long a deal takes. */
export function StageFunnel(props: {
  pipeline: ReportReply<StageRow>;
  cycle: ReportReply<CycleRow> | undefined;
  period: string;
  moved: (key: string) => Moved | undefined;
  onDrill: (title: string, drill: Drill) => void;
}) {
  const open = () => props.pipeline.rows.filter((row) => row.kind === 'open');
  // Stages without any value are still drawn: by their number of deals.
  const hasValue = () => open().some((row) => row.sum.minor > 0);
  const size = (row: StageRow) => (hasValue() ? Math.max(0, row.sum.minor) : row.count);
  const largest = () => Math.max(1, ...open().map(size));
  const cycleOf = (outcome: 'won' | 'lost') => props.cycle?.rows.find((row) => row.outcome === outcome && row.n > 0);
  const tip = (row: StageRow) =>
    [
      `${dealCount(row.count)}: ${money(row.sum)}, × ${row.probability} % = ${money(row.weighted)}.`,
      row.foreign.length > 0 ? `Not added up, other currencies: ${foreignWords(row)}.` : '',
    ]
      .filter((line) => line !== '')
      .join('\n');
  return (
    <section class="box" aria-labelledby="funnel-title">
      <header>
        <h2 id="funnel-title">Funnel</h2>
        <span class="t3 small">open deals, {hasValue() ? 'bars by value' : 'bars by number'}; weighted</span>
      </header>
      <div class="funnel">
        <For each={open()} fallback={<p class="t3 small">This board has no open stage.</p>}>
          {(row) => (
            <button
              type="button"
              class={`fr${movedClass(props.moved(`stage:${row.stage}`))}`}
              ref={(element) => tooltip(element, () => tip(row))}
              onClick={() => props.onDrill(row.name, row.drill)}
            >
              <span class="row nm">
                <StageMark probability={row.probability} colour={ringColour(row.colour)} />
                <bdi class="ellip">{row.name}</bdi>
              </span>
              <span class="fb">
                <i style={{ width: `${(size(row) / largest()) * 100}%` }} />
                <b class="num">{count(row.count)}</b>
                <span class="sr"> deals</span>
              </span>
              <span class="num r med">
                {money(row.sum)}
                <Show when={row.foreign.length > 0}>
                  <span class="t3"> +</span>
                </Show>
              </span>
              <span class="num r t3 wide-only">{money(row.weighted)}</span>
              <MovedTag moved={props.moved(`stage:${row.stage}`)} />
            </button>
          )}
        </For>
      </div>
      <div class="small t3 fnote">
        <For each={['won', 'lost'] as const}>
          {(outcome) => (
            <Show when={cycleOf(outcome)}>
              {(row) => (
                <button
                  type="button"
                  ref={(element) =>
                    tooltip(element, () => `${props.cycle?.formula ?? ''} Closed ${props.period}; n = ${row().n}`)
                  }
                  onClick={() =>
                    props.onDrill(outcome === 'won' ? 'Cycle of won deals' : 'Cycle of lost deals', row().drill)
                  }
                >
                  {outcome === 'won' ? 'Won after' : 'Lost after'} <b class="t2 med num">{days(row().medianDays)}</b>{' '}
                  <span class="num">
                    median, {days(row().meanDays)} mean, n = {count(row().n)}
                  </span>
                </button>
              )}
            </Show>
          )}
        </For>
        <Show when={props.cycle?.n === 0}>
          <span>No cycle to tell: nothing was closed {props.period}.</span>
        </Show>
      </div>
    </section>
  );
}
