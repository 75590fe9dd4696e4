import './activity.css';
import { Avatar } from '@rapport/ui/avatar';
import { Button } from '@rapport/ui/button';
import { Chip } from '@rapport/ui/chip';
import { EmptyState } from '@rapport/ui/empty-state';
import { Icon } from '@rapport/ui/icon';
import { MenuButton } from '@rapport/ui/menu';
import { Skeleton } from '@rapport/ui/skeleton';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import Users from 'lucide-solid/icons/users';
import { createMemo, createSignal, For, onCleanup, Show } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { ActivityLine, tellingOf } from './activity-line.tsx';
import { createFeed } from './create-feed.web.ts';
import type { ActivityEntry } from './entry.ts';
import { firstsOfDay } from './feed.ts';
import { dayHeading, localDay, sentenceOf } from './words.ts';

const kinds = {
  all: undefined,
  moves: ['moved', 'reopened', 'won', 'lost'],
  closed: ['won', 'lost'],
} as const;
type Kind = keyof typeof kinds;

const chips: readonly { id: Kind; label: string }[] = [
  { id: 'all', label: 'All' },
  { id: 'moves', label: 'Moves' },
  { id: 'closed', label: 'Won, lost' },
];
const everyone = '*';
const minuteMs = 60_000;

/** What happened, newest first, as it happens; with its filters. Stands alone or beside a page's numbers. */
export function ActivityFeed(props: { workspace: WorkspaceClient; boardId?: string | undefined }) {
  const [kind, setKind] = createSignal<Kind>('all');
  const [actor, setActor] = createSignal<string | null>(null);
  // eslint-disable-next-line solid/reactivity -- a workspace never changes under its screens
  const workspace = props.workspace;
  const [now, setNow] = createSignal(workspace.now());
  const clock = setInterval(() => setNow(workspace.now()), minuteMs / 4);
  onCleanup(() => clearInterval(clock));

  const announce = (entries: readonly ActivityEntry[]) => {
    setNow(workspace.now());
    const [first] = entries.filter((entry) => entry.actor !== workspace.me.id);
    if (first === undefined) return;
    const rest = entries.length - 1;
    workspace.announce(`${sentenceOf(first, tellingOf(workspace))}${rest > 0 ? `, and ${rest} more` : ''}`);
  };
  const list = createFeed(
    workspace,
    () => ({ kinds: kinds[kind()], actor: actor() ?? undefined, board: props.boardId }),
    announce,
  );
  const firsts = createMemo(() => firstsOfDay(list.feed()?.entries ?? []));
  const person = () => {
    const id = actor();
    return id === null ? undefined : workspace.members().get(id);
  };
  const hrefOf = (entry: ActivityEntry) => {
    if (entry.kind === 'removed' || entry.kind === 'deleted') return undefined;
    const [base, id] = [`/w/${workspace.workspaceId}`, encodeURIComponent(entry.record)];
    if (entry.noun === 'contact') return `${base}/contacts/${id}`;
    if (entry.noun === 'company') return `${base}/companies/${id}`;
    const folder = entry.noun === 'lead' ? 'leads' : 'b';
    return entry.board === null ? undefined : `${base}/${folder}/${entry.board}?deal=${id}`;
  };
  const people = () => [
    { id: everyone, label: 'Everyone' },
    ...[...workspace.members().values()].map((member) => ({
      id: member.id,
      label: member.name,
      mark: () => <Avatar person={member} size={20} decorative />,
    })),
  ];

  return (
    <section class="feed" aria-label="Activity" aria-busy={list.feed() === null && list.problem() === null}>
      <div class="row fh">
        <h2>Activity</h2>
        <span class="grow" />
        <For each={chips}>
          {(chip) => (
            <Chip pressed={kind() === chip.id} onClick={() => setKind(chip.id)}>
              {chip.label}
            </Chip>
          )}
        </For>
        <MenuButton
          label="Whose activity"
          items={people()}
          align="end"
          onPick={(id) => setActor(id === everyone ? null : id)}
          isChosen={(id) => (actor() ?? everyone) === id}
        >
          {(trigger) => (
            <button
              {...trigger}
              type="button"
              class="chip"
              aria-label={`Whose activity: ${person()?.name ?? 'everyone'}`}
            >
              <Show when={person()} fallback={<Icon of={Users} size={14} />}>
                {(shown) => <Avatar person={shown()} size={16} decorative />}
              </Show>
              <Icon of={ChevronDown} size={12} />
            </button>
          )}
        </MenuButton>
      </div>
      <Show when={list.problem()}>
        {(problem) => (
          <div class="fproblem small" role="status">
            <span class="grow">The activity could not be loaded. {problem()}</span>
            <Button size="sm" onClick={() => void list.refresh()}>
              Try again
            </Button>
          </div>
        )}
      </Show>
      <Show
        when={list.feed()}
        fallback={
          <Show when={list.problem() === null}>
            <FeedSkeleton />
          </Show>
        }
      >
        <For
          each={list.feed()?.entries}
          fallback={
            <EmptyState title={kind() === 'all' && actor() === null ? 'Nothing happened yet' : 'Nothing like this yet'}>
              <Show
                when={kind() === 'all' && actor() === null}
                fallback={
                  <Button
                    onClick={() => {
                      setKind('all');
                      setActor(null);
                    }}
                  >
                    Show all activity
                  </Button>
                }
              >
                Add a deal or move one: who changed what appears here as it happens.
              </Show>
            </EmptyState>
          }
        >
          {(entry) => (
            <>
              <Show when={firsts().has(entry.id)}>
                <h3 class="fday">{dayHeading(localDay(entry.at), now(), navigator.language)}</h3>
              </Show>
              <ActivityLine
                entry={entry}
                workspace={workspace}
                now={now()}
                href={hrefOf(entry)}
                isNew={list.fresh().has(entry.id)}
              />
            </>
          )}
        </For>
        <Show when={list.feed()?.nextCursor}>
          <div class="fmore">
            <Button busy={list.isLoadingMore()} onClick={() => void list.more()}>
              Show older
            </Button>
          </div>
        </Show>
      </Show>
    </section>
  );
}

function FeedSkeleton() {
  return (
    <div class="late" role="status" aria-label="Loading activity">
      <For each={[72, 58, 84, 64, 76, 52]}>
        {(width) => (
          <div class="fe" aria-hidden="true">
            <Skeleton width="24px" height="24px" round />
            <div class="tx">
              <Skeleton width={`${width}%`} />
              <div style={{ height: '8px' }} />
              <Skeleton width="44%" />
            </div>
            <Skeleton width="28px" />
          </div>
        )}
      </For>
    </div>
  );
}
