import { Icon } from '@rapport/ui/icon';
import { MenuButton } from '@rapport/ui/menu';
import { tooltip } from '@rapport/ui/tooltip';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import { For, Show } from 'solid-js';
import type { Member } from '../people/member.ts';
import { count, dealCount, foreignWords, money } from './figures.web.ts';
import type { Drill, ReportReply } from './report.ts';
import type { ValueRow } from './value-by.ts';

/** Won and open value by company, product or any other choice. */
export function ValueList(props: {
  values: ReportReply<ValueRow>;
  dimensions: readonly { id: string; label: string }[];
  dimension: string;
  members: ReadonlyMap<string, Member>;
  onDimension: (id: string) => void;
  onDrill: (title: string, drill: Drill) => void;
}) {
  const label = () => props.dimensions.find((each) => each.id === props.dimension)?.label ?? props.dimension;
  const total = (row: ValueRow) => Math.max(0, row.won.sum.minor) + Math.max(0, row.open.sum.minor);
  const largest = () => Math.max(1, ...props.values.rows.map(total));
  const nameOf = (row: ValueRow) =>
    row.value === null
      ? `No ${label().toLowerCase()}`
      : ((props.dimension === 'owner' ? props.members.get(row.value)?.name : undefined) ?? row.name ?? row.value);
  const tip = (row: ValueRow) =>
    [
      `${nameOf(row)}: ${dealCount(row.count)}.`,
      `Won ${money(row.won.sum)} (${count(row.won.count)}), open ${money(row.open.sum)} (${count(row.open.count)}), lost ${money(row.lost.sum)} (${count(row.lost.count)}).`,
      ...[row.won, row.open].flatMap((amount) =>
        amount.foreign.length > 0 ? [`Not added up, other currencies: ${foreignWords(amount)}.`] : [],
      ),
    ].join('\n');
  return (
    <section class="box" aria-labelledby="values-title">
      <header>
        <h2 id="values-title">Value by</h2>
        <MenuButton
          label="Value by"
          items={props.dimensions}
          onPick={(id) => props.onDimension(id)}
          isChosen={(id) => id === props.dimension}
        >
          {(trigger) => (
            <button {...trigger} type="button" class="btn ghost sm">
              {label()}
              <Icon of={ChevronDown} size={14} />
            </button>
          )}
        </MenuButton>
        <span class="lg" ref={(element) => tooltip(element, () => props.values.formula)}>
          <i class="won" aria-hidden="true" />
          Won
          <i class="wtd" aria-hidden="true" />
          Open
          <span class="num">&ensp;any date; n = {count(props.values.n)}</span>
        </span>
      </header>
      <div class="rows">
        <For each={props.values.rows} fallback={<p class="t3 small nothing">There are no deals to split.</p>}>
          {(row) => (
            <button
              type="button"
              class="vb"
              ref={(element) => tooltip(element, () => tip(row))}
              onClick={() => props.onDrill(nameOf(row), row.drill)}
            >
              <bdi class={row.value === null ? 'ellip t3' : 'ellip'}>{nameOf(row)}</bdi>
              <span class="vbb">
                <i class="won" style={{ width: `${(Math.max(0, row.won.sum.minor) / largest()) * 100}%` }} />
                <i class="wtd" style={{ width: `${(Math.max(0, row.open.sum.minor) / largest()) * 100}%` }} />
              </span>
              <span class="num r t3">{count(row.count)}</span>
              <span class="num med r">{money(row.won.sum)}</span>
            </button>
          )}
        </For>
        <Show when={props.values.omitted > 0}>
          <p class="t3 small nothing">{count(props.values.omitted)} more are not shown.</p>
        </Show>
      </div>
    </section>
  );
}
