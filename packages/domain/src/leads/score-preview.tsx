import { For, Show, createMemo, untrack } from 'solid-js';
import { cardsOf, stagesOf } from '../boards/board.ts';
import { createRootValue } from '../create-root-value.web.ts';
import { cardsRoot } from '../boards/board.ts';
import type { LeadsBoard } from './create-leads-board.web.ts';
import { createScoreFacts } from './create-score-facts.web.ts';
import type { Lead } from './lead.ts';
import { leadType } from './lead-type.ts';
import { ScoreMark } from './score-mark.tsx';
import { hotFrom, scoreOf, warmFrom, warmthOf, type Warmth } from './score.ts';
import { valuesOfLead } from './values-of-lead.ts';
import type { Weight } from './weights.ts';

const shown = 5;
const warmths: readonly { id: Warmth; label: string }[] = [
  { id: 'hot', label: `Hot, ${hotFrom} and more` },
  { id: 'warm', label: `Warm, ${warmFrom} to ${hotFrom - 1}` },
  { id: 'cold', label: `Cold, less than ${warmFrom}` },
];

/** What the weights come to on the open leads of the board, while they are changed. */
export function ScorePreview(props: { board: LeadsBoard; weights: readonly Weight[] }) {
  const facts = untrack(() => createScoreFacts(props.board.workspace, props.board.boardId));
  // eslint-disable-next-line solid/reactivity -- one board for as long as it stands
  const leads = createRootValue<readonly Lead[]>(props.board.doc, cardsRoot, (doc) => {
    const open = new Set(stagesOf(doc).flatMap(({ id, kind }) => (kind === 'open' ? [id] : [])));
    const custom = props.board.workspace.customFields('lead');
    return cardsOf(leadType, doc, custom).filter(({ stageId }) => open.has(stageId));
  });
  const scored = createMemo(() => {
    const factsOf = facts();
    return (leads() ?? [])
      .map((lead) => ({ lead, score: scoreOf(valuesOfLead(lead), props.weights, factsOf(lead.id)) }))
      .toSorted((a, b) => b.score.score - a.score.score || (a.lead.id < b.lead.id ? -1 : 1));
  });
  const counts = createMemo(() => {
    const found: Record<Warmth, number> = { hot: 0, warm: 0, cold: 0 };
    for (const { score } of scored()) found[warmthOf(score.score)] += 1;
    return found;
  });
  /** As it was when the page was opened. */
  const before = createMemo<Record<Warmth, number> | null>(
    (was) => was ?? (scored().length > 0 ? counts() : null),
    null,
  );
  const difference = (id: Warmth): string => {
    const by = counts()[id] - (before()?.[id] ?? counts()[id]);
    return by === 0 ? '' : by > 0 ? `+${by}` : `−${-by}`;
  };
  return (
    <aside class="rule-try" aria-label="What it comes to">
      <h2>
        {scored().length.toLocaleString()} open {scored().length === 1 ? 'lead' : 'leads'} by these weights
      </h2>
      <div class="warmth">
        <div class="warmth-bar" aria-hidden="true">
          <For each={warmths}>{({ id }) => <i class={id} style={{ flex: counts()[id] }} />}</For>
        </div>
        <For each={warmths}>
          {({ id, label }) => (
            <p class="warmth-line">
              <i class={id} aria-hidden="true" />
              <span class="grow">{label}</span>
              <span class="t3 num">{difference(id)}</span>
              <b class="num med" data-warmth={id}>
                {counts()[id].toLocaleString()}
              </b>
            </p>
          )}
        </For>
      </div>
      <Show when={scored().length > 0}>
        <h3 class="small t3">Highest</h3>
        <ol class="score-top">
          <For each={scored().slice(0, shown)}>
            {({ lead, score }) => (
              <li>
                <span class="ellip" dir="auto">
                  {lead.title}
                </span>
                <ScoreMark score={score} />
              </li>
            )}
          </For>
        </ol>
      </Show>
    </aside>
  );
}
