import { Button } from '@rapport/ui/button';
import { IconButton } from '@rapport/ui/icon-button';
import Pencil from 'lucide-solid/icons/pencil';
import Trash from 'lucide-solid/icons/trash';
import { Show, createSignal, createUniqueId } from 'solid-js';
import { FilterPanel } from '../tables/filter-panel.tsx';
import { filterSentence } from '../tables/filter-sentence.ts';
import { finished } from '../tables/ops-of.ts';
import type { ConditionGroup } from '../tables/table-query.ts';
import type { LeadsBoard } from './create-leads-board.web.ts';
import { memberNames } from './names-in.web.ts';
import { RowGrip } from '../row-grip.tsx';
import type { Rule, RuleTarget } from './rules.ts';
import { leadFields } from './schema.ts';
import { TargetEditor, targetText } from './target-editor.tsx';

/** One rule: a sentence, and what it is made of once it is opened. Drag its grip, or arrows on it, to reorder. */
export function RuleLine(props: {
  board: LeadsBoard;
  rule: Rule;
  nth: number;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  onWhen: (when: ConditionGroup) => void;
  onTo: (to: RuleTarget) => void;
  onStep: (by: 1 | -1) => void;
  onDragTo: (index: number) => void;
  onDelete: () => void;
  list: () => HTMLElement | undefined;
}) {
  const id = createUniqueId();
  const [isDragged, setDragged] = createSignal(false);
  // What is half typed stays here until it can be asked.
  const [draft, setDraft] = createSignal<ConditionGroup | null>(null);
  const workspace = () => props.board.workspace;
  const locked = () => props.board.lockReason() !== undefined;
  const specs = () => ({ ...leadFields, ...workspace().customFields('lead') });
  const asked = () => filterSentence(props.rule.when, specs(), memberNames(workspace()));
  const change = (next: ConditionGroup) => {
    setDraft(next);
    props.onWhen(finished(next));
  };
  return (
    <div class={`rule${isDragged() ? ' dragged' : ''}`} role="listitem" data-line={props.rule.id}>
      <div class="rule-line">
        <RowGrip
          class="grip"
          name={`rule ${props.nth}`}
          id={props.rule.id}
          list={props.list}
          disabled={locked()}
          onDrag={setDragged}
          onDragTo={props.onDragTo}
          onStep={props.onStep}
        />
        <span class="rule-nth num t3">{props.nth}</span>
        <p class="grow rule-said" dir="auto">
          {asked() === '' ? 'Every lead' : asked()} <span class="t3">goes to</span>{' '}
          <b class="med">{targetText(workspace(), props.rule.to)}</b>
        </p>
        <IconButton
          icon={Pencil}
          size="sm"
          label={`Change rule ${props.nth}`}
          aria-expanded={props.isOpen}
          aria-controls={id}
          onClick={() => props.onOpen(!props.isOpen)}
        />
        <Show when={!locked()}>
          <IconButton icon={Trash} size="sm" label={`Delete rule ${props.nth}`} onClick={() => props.onDelete()} />
        </Show>
      </div>
      <Show when={props.isOpen}>
        <div class="rule-body" id={id} inert={locked()}>
          <FilterPanel group={draft() ?? props.rule.when} onChange={change} />
          <TargetEditor workspace={workspace()} target={props.rule.to} disabled={locked()} onChange={props.onTo} />
          <div class="row">
            <Button
              size="sm"
              onClick={() => {
                setDraft(null);
                props.onOpen(false);
              }}
            >
              Done
            </Button>
          </div>
        </div>
      </Show>
    </div>
  );
}
