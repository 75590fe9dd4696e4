import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowRightToLine from 'lucide-solid/icons/arrow-right-to-line';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import CircleX from 'lucide-solid/icons/circle-x';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import LinkIcon from 'lucide-solid/icons/link';
import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import Trophy from 'lucide-solid/icons/trophy';
import Undo2 from 'lucide-solid/icons/undo-2';
import X from 'lucide-solid/icons/x';
import { ActivityMark } from '@rapport/ui/activity-mark';
import { AvatarStack, Monogram } from '@rapport/ui/avatar';
import { Button } from '@rapport/ui/button';
import { IconButton } from '@rapport/ui/icon-button';
import { InlineEdit } from '@rapport/ui/inline-edit';
import { late } from '@rapport/ui/late';
import { firstName } from '@rapport/ui/logic/person';
import { MenuButton } from '@rapport/ui/menu';
import { Panel } from '@rapport/ui/panel';
import { ShellSave } from '@rapport/ui/shell-slots';
import { ErrorBoundary, type JSX, Show, Suspense, createMemo, createSignal, onMount } from 'solid-js';
import { ActivityForm } from './activity-popover.tsx';
import { createHistory } from './create-history.web.ts';
import { DealFields, FieldRace } from './deal-fields.tsx';
import { DealHistory } from './deal-history.tsx';
import { useDealBoard } from './deal-board-context.tsx';
import { dueText } from '../fields/field-text.ts';
import { activityState } from './query.ts';
import { capital } from '../boards/card-words.ts';
import type * as Y from 'yjs';
import { type BoardCard, underOf } from './board-card.ts';
import { MovePicker } from './move-picker.tsx';
import { StageBar } from './stage-bar.tsx';
import { timeInStages } from './stage-visits.ts';

// Not before a panel is open.
const DealPeople = late(async () => (await import('./deal-people.tsx')).DealPeople);
// Most deals that are opened are on the board.
const DealElsewhere = late(async () => (await import('./deal-elsewhere.tsx')).DealElsewhere);

/** A deal as whoever shows its notes and files needs it. */
export interface DealWithDocuments {
  readonly id: string;
  readonly card: BoardCard | undefined;
  readonly doc: Y.Doc;
  readonly name: string;
  readonly mayEdit: boolean;
}
type Documents = ((deal: DealWithDocuments) => JSX.Element) | undefined;

/** The side panel of the deal in the URL (`?deal=ID`). The board stays in place beside it. */
export function DealPanel(props: {
  onOpenBoard?: ((boardId: string, dealId: string) => void) | undefined;
  documents?: Documents;
}) {
  const board = useDealBoard();
  const id = () => board.view().deal;
  const deal = () => (id() === null ? undefined : board.store.deals.get(id() ?? ''));
  return (
    <Panel
      open={id() !== null}
      onClose={() => board.openDeal(null)}
      label={`${capital(board.type.words.one)}: ${deal()?.title ?? ''}`}
      class="deal-panel"
    >
      <Show
        when={deal()}
        fallback={
          <Suspense>
            <Show when={id()}>
              {(dealId) => (
                <DealElsewhere dealId={dealId()} onOpenBoard={props.onOpenBoard}>
                  {(found) => <PanelBody dealId={found} documents={props.documents} />}
                </DealElsewhere>
              )}
            </Show>
          </Suspense>
        }
      >
        <Show when={id()} keyed>
          {(dealId) => <PanelBody dealId={dealId} documents={props.documents} />}
        </Show>
      </Show>
    </Panel>
  );
}

function PanelBody(props: { dealId: string; documents: Documents }) {
  const board = useDealBoard();
  const [moving, setMoving] = createSignal<readonly string[]>([]);
  const [isPlanning, setPlanning] = createSignal(false);
  let more: HTMLElement | undefined;
  let top: HTMLDivElement | undefined;
  // The next deal's panel replaces the one that had the focus.
  onMount(() => document.activeElement === document.body && top?.closest<HTMLElement>('.panel')?.focus());
  const { words } = board.type;
  const deal = () => board.store.deals.get(props.dealId);
  const under = () => underOf(board.type, deal());
  const stage = () => board.store.stage(deal()?.stageId ?? '');
  const history = createHistory(board.workspace, () => props.dealId);
  const spent = createMemo(() => timeInStages(history.events() ?? [], board.now()));
  const here = createMemo(() =>
    board.people
      .here()
      .filter(({ presence }) => presence.record === props.dealId)
      .map(({ member }) => member),
  );
  const hereWords = () => {
    const names = here().map(({ name }) => firstName(name));
    return names.length === 1 ? `${names[0]} is here` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are here`;
  };
  /** Neighbours in the lanes as they are shown. */
  const step = (by: 1 | -1) => {
    const order = board.store.stages().flatMap(({ id }) => board.store.lane(id).shown());
    const next = order[order.indexOf(props.dealId) + by];
    if (next !== undefined) board.openDeal(next);
  };
  const locked = () => board.lockReason();
  const isOpen = () => (stage()?.kind ?? 'open') === 'open';
  const reopen = () => {
    const last = board.store.stages().findLast(({ kind }) => kind === 'open');
    const known = [...spent().keys()]
      .reverse()
      .map((name) => board.store.stages().find((each) => each.kind === 'open' && each.name === name));
    const target = known.find((each) => each !== undefined) ?? last;
    if (target) board.actions.move([props.dealId], target.id);
  };
  const pick = (what: string) => {
    if (what === 'move') setMoving([props.dealId]);
    else if (what === 'link') {
      const url = new URL(location.href);
      url.search = `?deal=${props.dealId}`;
      navigator.clipboard.writeText(url.href).then(
        () => board.workspace.toast({ text: 'Link copied' }),
        () => board.workspace.toast({ text: `Not copied. The link is ${url.href}`, tone: 'danger' }),
      );
    } else {
      board.openDeal(null);
      board.actions.remove([props.dealId]);
    }
  };
  return (
    <>
      <div class="panel-top" ref={(made) => (top = made)}>
        <span class="crumb small ellip">
          {board.store.meta().name}
          <span>/</span>
          {stage()?.name ?? 'Unassigned'}
          <Show when={board.docName.includes('~')}>
            <span>/</span>
            Archive
          </Show>
        </span>
        <span class="grow" />
        <ShellSave />
        <Show when={here().length > 0}>
          <AvatarStack people={here()} size={20} max={3} showsState={false} />
          <span class="small t3 wide-only">{hereWords()}</span>
        </Show>
        <IconButton icon={ArrowUp} label={`Previous ${words.one}`} onClick={() => step(-1)} />
        <IconButton icon={ArrowDown} label={`Next ${words.one}`} onClick={() => step(1)} />
        <MenuButton
          label="More"
          align="end"
          items={[
            {
              id: 'move',
              label: 'Move to…',
              icon: ArrowRightToLine,
              keys: 'M',
              forbidden: locked() && 'You may only look',
            },
            { id: 'link', label: 'Copy link', icon: LinkIcon },
            {
              id: 'delete',
              label: 'Delete',
              icon: Trash,
              tone: 'danger',
              separated: true,
              forbidden: locked() && 'You may only look',
            },
          ]}
          onPick={pick}
        >
          {(trigger) => (
            <IconButton
              {...trigger}
              ref={(made: HTMLElement) => {
                more = made;
                trigger.ref(made);
              }}
              icon={Ellipsis}
              label="More"
            />
          )}
        </MenuButton>
        <IconButton icon={X} label="Close" keys="Esc" onClick={() => board.openDeal(null)} />
        <MovePicker ids={moving()} anchor={() => more} onClose={() => setMoving([])} />
      </div>
      <div class="panel-head">
        <div class="panel-title">
          <div class="grow">
            <h2 class="title" dir="auto">
              <InlineEdit
                label="Title"
                value={deal()?.title ?? ''}
                text={deal()?.title ?? ''}
                lockReason={locked()}
                editedBy={((holder) => (holder?.field === 'title' ? holder : null))(
                  board.people.holders.get(props.dealId),
                )}
                parse={(text) =>
                  text.trim() === '' ? { ok: false, error: 'Type a title.' } : { ok: true, value: text.trim() }
                }
                onCommit={(title) => board.actions.edit([props.dealId], { title })}
                onEditing={(isEditing) => board.tellEditing(props.dealId, isEditing ? 'title' : null)}
              >
                {deal()?.title ?? <span class="ph">Untitled</span>}
              </InlineEdit>
            </h2>
            <Show when={under()}>
              {(company) => (
                <div class="row t2 panel-who">
                  <Monogram name={company()} kind="company" size={16} />
                  <RecordName name={company()} noun="companies" id={deal()?.companyId} />
                  <Show when={deal()?.contact}>
                    {(contact) => (
                      <>
                        <span class="t3">·</span>
                        <Monogram name={contact()} kind="contact" size={16} />
                        <RecordName name={contact()} noun="contacts" id={deal()?.contactId} />
                      </>
                    )}
                  </Show>
                </div>
              )}
            </Show>
          </div>
          <div class="row panel-acts">
            <Show
              when={isOpen()}
              fallback={
                <Button icon={Undo2} disabledReason={locked()} onClick={reopen}>
                  Reopen
                </Button>
              }
            >
              <Button
                icon={CircleX}
                disabledReason={locked()}
                onClick={() => board.actions.close([props.dealId], 'lost')}
              >
                {words.lose}
              </Button>
              <Button
                icon={Trophy}
                disabledReason={locked()}
                onClick={() => board.actions.close([props.dealId], 'won')}
              >
                {words.win}
              </Button>
            </Show>
          </div>
        </div>
        <FieldRace dealId={props.dealId} field="title" />
        <StageBar dealId={props.dealId} spentMs={spent()} />
        <FieldRace dealId={props.dealId} field="place" />
      </div>
      <div class="cols">
        <div class="left">
          <div class="tl-h first">
            Next activity
            <span class="grow" />
            <Show when={!isPlanning() && locked() === undefined}>
              <Button size="sm" variant="ghost" icon={Plus} keys="A" onClick={() => setPlanning(true)}>
                {deal()?.nextActivity ? 'Change' : 'Plan'}
              </Button>
            </Show>
          </div>
          <Show
            when={isPlanning()}
            fallback={
              <Show
                when={deal()?.nextActivity}
                fallback={
                  <p class="small t3">
                    Nothing planned. Plan the next step, so that the {words.one} does not go quiet.
                  </p>
                }
              >
                {(plan) => (
                  <div class="plan">
                    <div class="row">
                      <ActivityMark state={activityState({ nextActivity: plan() }, board.today())} />
                      <span class="grow med" dir="auto">
                        {plan().what === '' ? 'Something' : plan().what}
                      </span>
                      <span class="when num t2">
                        {plan().due === null ? '' : dueText(plan().due ?? '', board.today())}
                      </span>
                    </div>
                  </div>
                )}
              </Show>
            }
          >
            <ActivityForm dealId={props.dealId} onDone={() => setPlanning(false)} />
          </Show>
          <FieldRace dealId={props.dealId} field="nextActivity" />
          <Show when={board.type.noun === 'deal'}>
            <Suspense>
              <DealPeople dealId={props.dealId} />
            </Suspense>
          </Show>
          <Show when={props.documents !== undefined}>
            {/* They are asked of the server: without it the deal itself is still there, and can be worked on. */}
            <ErrorBoundary fallback={<p class="small t3">Notes and files show when you are online again.</p>}>
              <Suspense>
                {props.documents?.({
                  id: props.dealId,
                  card: deal(),
                  doc: board.store.doc,
                  name: deal()?.title ?? '',
                  mayEdit: locked() === undefined,
                })}
              </Suspense>
            </ErrorBoundary>
          </Show>
          <DealHistory events={history.events()} problem={history.problem()} />
        </div>
        <div class="right">
          <DealFields dealId={props.dealId} />
        </div>
      </div>
    </>
  );
}

/** A company or contact by its name; a link to its page where it is more than a name. */
function RecordName(props: { name: string; noun: 'companies' | 'contacts'; id: string | undefined }) {
  const board = useDealBoard();
  return (
    <Show when={props.id} fallback={<bdi class="ellip">{props.name}</bdi>}>
      {(id) => (
        <a class="link ellip" dir="auto" href={`/w/${board.workspace.workspaceId}/${props.noun}/${id()}`}>
          {props.name}
        </a>
      )}
    </Show>
  );
}
