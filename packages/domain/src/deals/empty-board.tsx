import Plus from 'lucide-solid/icons/plus';
import Upload from 'lucide-solid/icons/upload';
import { ActivityMark } from '@rapport/ui/activity-mark';
import { Avatar } from '@rapport/ui/avatar';
import { Button } from '@rapport/ui/button';
import { firstName } from '@rapport/ui/logic/person';
import { Show } from 'solid-js';
import { capital } from '../boards/card-words.ts';
import { useDealBoard } from './deal-board-context.tsx';
import { moneyText } from '../fields/field-text.ts';

/** What a board without deals says: what is missing, then three ways to get it. */
export function EmptyBoard(props: {
  onNewDeal: () => void;
  onImport?: (() => void) | undefined;
  onDemo?: (() => void) | undefined;
}) {
  const board = useDealBoard();
  const { words } = board.type;
  const names = () =>
    board.people
      .here()
      .slice(0, 2)
      .map(({ member }) => firstName(member.name));
  const audience = () =>
    names().length === 0
      ? 'Your colleagues see it'
      : names().length === 1
        ? `${names()[0]} sees it`
        : `${names().join(' and ')} see it`;
  return (
    <div class="empty-board">
      <div class="card" aria-hidden="true">
        <div class="t">{words.firstTitle}</div>
        <div class="c">{words.firstUnder}</div>
        <div class="f">
          <Show when={board.type.isSummed}>
            <span class="v">{moneyText({ minor: 1_200_000, currency: board.store.meta().currency })}</span>
          </Show>
          <span class="age">now</span>
          <ActivityMark state="none" />
          <Avatar person={board.workspace.me} decorative />
        </div>
      </div>
      <h3>No {words.many} yet</h3>
      <Show
        when={board.lockReason() === undefined}
        fallback={
          <p>
            You may look at this {words.board}. {capital(words.many)} show here the moment a colleague adds one.
          </p>
        }
      >
        <p>
          {words.firstText} {audience()} the moment you do.
        </p>
        <div class="row">
          <Button variant="primary" icon={Plus} onClick={() => props.onNewDeal()}>
            New {words.one}
          </Button>
          <Show when={props.onImport}>
            {(run) => (
              <Button icon={Upload} onClick={() => run()()}>
                Import
              </Button>
            )}
          </Show>
          <Show when={props.onDemo}>
            {(run) => (
              <Button variant="ghost" onClick={() => run()()}>
                Try with demo data
              </Button>
            )}
          </Show>
        </div>
      </Show>
    </div>
  );
}
