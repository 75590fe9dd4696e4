import './rules.css';
import { Button } from '@rapport/ui/button';
import { EmptyState } from '@rapport/ui/empty-state';
import { SkeletonRows } from '@rapport/ui/skeleton';
import Plus from 'lucide-solid/icons/plus';
import { For, Show, createMemo, createSignal } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { createRootValue } from '../create-root-value.web.ts';
import { ConditionsContext } from '../tables/conditions-context.web.ts';
import { createLeadsBoard } from './create-leads-board.web.ts';
import { RuleLine } from './rule-line.tsx';
import {
  addRule,
  deleteRule,
  editRule,
  moveRule,
  nobody,
  otherwiseId,
  rulesOf,
  rulesRoot,
  type Rule,
} from './rules.ts';
import { TargetEditor } from './target-editor.tsx';
import { TryAssignment } from './try-assignment.tsx';

/** Who gets the leads of a board: its rules in order, live for everybody, each change one step to undo. */
export function AssignmentScreen(props: { workspace: WorkspaceClient; boardId: string }) {
  // One mount is one board.
  // eslint-disable-next-line solid/reactivity
  const board = createLeadsBoard(props.workspace, props.boardId);
  const rules = createRootValue(board.doc, rulesRoot, rulesOf);
  const [opened, setOpened] = createSignal<string | null>(null);
  let list: HTMLDivElement | undefined;
  const ids = createMemo(() => rules()?.rules.map(({ id }) => id) ?? [], [], {
    equals: (a, b) => a.length === b.length && a.every((id, at) => id === b[at]),
  });
  const ruleOf = (id: string): Rule | undefined => rules()?.rules.find((rule) => rule.id === id);
  const random = () => board.workspace.random();
  const add = () => {
    const doc = board.doc();
    if (doc === undefined) return;
    const id = board.workspace.newId();
    board.perform(addRule(doc, { id, when: { match: 'all', of: [] }, to: nobody }, random), 'Added an assignment rule');
    setOpened(id);
  };
  const move = (id: string, to: number) => {
    const doc = board.doc();
    const others = ids().filter((each) => each !== id);
    if (doc === undefined || to < 0 || to > others.length || ids().indexOf(id) === to) return;
    board.perform(moveRule(doc, id, others[to] ?? null, random), 'Moved an assignment rule');
    board.workspace.announce(`Rule: position ${to + 1} of ${others.length + 1}.`);
  };
  const remove = (id: string) => {
    board.perform(deleteRule(id, board.workspace.now()), 'Deleted an assignment rule');
    board.workspace.toast({ text: 'Rule deleted', action: { label: 'Undo', run: () => void board.workspace.undo() } });
  };
  return (
    <ConditionsContext.Provider value={board.conditions}>
      <div class="rules">
        <section aria-label="Assignment rules">
          <p class="t2 rules-lead">
            A new lead without an owner goes by the first rule that it meets. Who cannot edit this board is passed over.
            The lead says why it is theirs.
          </p>
          <Show when={board.problem()}>{(text) => <p role="alert">{text()}</p>}</Show>
          <Show when={rules()} fallback={<SkeletonRows label="Loading rules" />}>
            {(known) => (
              <>
                <div class="rule-list" role="list" aria-label="Rules" ref={(made) => (list = made)}>
                  <For
                    each={ids()}
                    fallback={
                      <EmptyState title="No rule yet">
                        New leads stay nobody’s until somebody takes them. Add a rule, or say below who gets them all.
                      </EmptyState>
                    }
                  >
                    {(id, at) => (
                      <Show when={ruleOf(id)}>
                        {(rule) => (
                          <RuleLine
                            board={board}
                            rule={rule()}
                            nth={at() + 1}
                            isOpen={opened() === id}
                            onOpen={(isOpen) => setOpened(isOpen ? id : null)}
                            onWhen={(when) => board.perform(editRule(id, { when }), 'Changed an assignment rule')}
                            onTo={(to) => board.perform(editRule(id, { to }), 'Changed whom an assignment rule names')}
                            onStep={(by) => move(id, at() + by)}
                            onDragTo={(index) => move(id, index)}
                            onDelete={() => remove(id)}
                            list={() => list}
                          />
                        )}
                      </Show>
                    )}
                  </For>
                </div>
                <div class="row">
                  <Button icon={Plus} disabledReason={board.lockReason()} onClick={add}>
                    Add a rule
                  </Button>
                </div>
                <div class="rule rule-rest">
                  <h2>All other leads</h2>
                  <TargetEditor
                    workspace={board.workspace}
                    target={known().otherwise?.to ?? nobody}
                    disabled={board.lockReason() !== undefined}
                    onChange={(to) => board.perform(editRule(otherwiseId, { to }), 'Changed who gets all other leads')}
                  />
                </div>
              </>
            )}
          </Show>
        </section>
        <Show when={rules()}>{(known) => <TryAssignment board={board} rules={known()} />}</Show>
      </div>
    </ConditionsContext.Provider>
  );
}
