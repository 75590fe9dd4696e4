import { Avatar } from '@rapport/ui/avatar';
import { personClass } from '@rapport/ui/logic/person';
import { tooltip } from '@rapport/ui/tooltip';
import { For, Show } from 'solid-js';
import type { Member } from '../people/member.ts';
import type { Moved } from './create-moved.web.ts';
import { count, foreignWords, money, percent } from './figures.web.ts';
import type { LeaderRow } from './leaderboard.ts';
import { MovedTag, movedClass } from './moved-tag.tsx';
import type { Drill, ReportReply } from './report.ts';

/** Who won what, in people's colours. */
export function LeaderList(props: {
  leaders: ReportReply<LeaderRow>;
  members: ReadonlyMap<string, Member>;
  period: string;
  moved: (key: string) => Moved | undefined;
  onDrill: (title: string, drill: Drill) => void;
}) {
  const largest = () => Math.max(1, ...props.leaders.rows.map((row) => row.won.sum.minor));
  const memberOf = (row: LeaderRow) => (row.owner === null ? undefined : props.members.get(row.owner));
  const nameOf = (row: LeaderRow) => memberOf(row)?.name ?? (row.owner === null ? 'Nobody’s' : 'Somebody who left');
  const tip = (row: LeaderRow) =>
    [
      `${count(row.won.count)} won: ${money(row.won.sum)}; ${count(row.lost.count)} lost.`,
      `Win rate ${percent(row.winRate)}, n = ${count(row.won.count + row.lost.count)}.`,
      row.won.foreign.length > 0 ? `Not added up, other currencies: ${foreignWords(row.won)}.` : '',
    ]
      .filter((line) => line !== '')
      .join('\n');
  return (
    <section class="box" aria-labelledby="leaders-title">
      <header>
        <h2 id="leaders-title">Won by person</h2>
        <span class="t3 small" ref={(element) => tooltip(element, () => props.leaders.formula)}>
          {props.period}; n = {count(props.leaders.n)}
        </span>
      </header>
      <div class="rows">
        <For each={props.leaders.rows} fallback={<p class="t3 small nothing">Nobody closed a deal {props.period}.</p>}>
          {(row, index) => (
            <button
              type="button"
              class={`lb${movedClass(props.moved(`owner:${row.owner ?? ''}`))}`}
              ref={(element) => tooltip(element, () => tip(row))}
              onClick={() => props.onDrill(`${nameOf(row)}: won and lost`, row.drill)}
            >
              <span class="t3 num r">{index() + 1}</span>
              <Show when={memberOf(row)} fallback={<span class="av nobody" aria-hidden="true" />}>
                {(member) => <Avatar person={member()} decorative />}
              </Show>
              <bdi class="ellip">{nameOf(row)}</bdi>
              <span class={`lbb ${personClass(memberOf(row)?.colour ?? 12)}`}>
                <i style={{ width: `${(Math.max(0, row.won.sum.minor) / largest()) * 100}%` }} />
              </span>
              <span class="num r t3">
                {count(row.won.count)}
                <span class="sr"> won,</span> · {percent(row.winRate)}
              </span>
              <span class="num med r">{money(row.won.sum)}</span>
              <MovedTag moved={props.moved(`owner:${row.owner ?? ''}`)} />
            </button>
          )}
        </For>
        <Show when={props.leaders.omitted > 0}>
          <p class="t3 small nothing">{count(props.leaders.omitted)} more people are not shown.</p>
        </Show>
      </div>
    </section>
  );
}
