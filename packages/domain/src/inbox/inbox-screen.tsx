import './inbox.css';
import { Avatar } from '@rapport/ui/avatar';
import { Button } from '@rapport/ui/button';
import { EmptyState } from '@rapport/ui/empty-state';
import { Icon } from '@rapport/ui/icon';
import { IconButton } from '@rapport/ui/icon-button';
import { firstName } from '@rapport/ui/logic/person';
import { MenuButton } from '@rapport/ui/menu';
import { ShellTop } from '@rapport/ui/shell-slots';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { Tabs } from '@rapport/ui/tabs';
import AtSign from 'lucide-solid/icons/at-sign';
import Check from 'lucide-solid/icons/check';
import Clock from 'lucide-solid/icons/clock';
import MessageSquare from 'lucide-solid/icons/message-square';
import Reply from 'lucide-solid/icons/reply';
import Undo2 from 'lucide-solid/icons/undo-2';
import { For, Match, Show, Switch, createSignal } from 'solid-js';
import { dayHeading, localDay, whenWords } from '../activity/words.ts';
import type { WorkspaceClient } from '../client.ts';
import { CommentText } from '../notes/comment-text.tsx';
import { createNames } from '../notes/names.web.ts';
import { createInbox } from './create-inbox.web.ts';
import type { InboxEntry, InboxReason } from './inbox-entry.ts';
import { snoozeChoices } from './snooze.ts';

const shownTabs = ['open', 'mention', 'reply', 'comment', 'snoozed', 'done'] as const;
type Shown = (typeof shownTabs)[number];

const reasonIcon = { mention: AtSign, reply: Reply, comment: MessageSquare } as const;
const said: Readonly<Record<InboxReason, string>> = {
  mention: 'mentioned you in',
  reply: 'answered in',
  comment: 'commented on',
};

const isOpen = ({ state }: InboxEntry): boolean => state === 'unread' || state === 'read';
const isShown = (shown: Shown, entry: InboxEntry): boolean => {
  if (shown === 'snoozed' || shown === 'done') return entry.state === shown;
  return isOpen(entry) && (shown === 'open' || entry.reason === shown);
};

const emptyWords: Readonly<Record<Shown, { title: string; text: string }>> = {
  open: {
    title: 'Nothing waits for you',
    text: 'When a colleague mentions you with @, answers you or comments on your note, it stands here.',
  },
  mention: {
    title: 'Nobody has mentioned you',
    text: 'A colleague mentions you with @ and your name, in a note or a comment.',
  },
  reply: { title: 'No answers', text: 'Answers in threads that you wrote in stand here.' },
  comment: { title: 'No comments', text: 'Comments on notes that you made stand here.' },
  snoozed: { title: 'Nothing is put off', text: 'What you put off with H comes back here at its time.' },
  done: { title: 'Nothing is done yet', text: 'What you mark done with E stands here for 90 days.' },
};

/** What colleagues said to this person: read it, answer where it was said, mark it done or put it off. */
export function InboxScreen(props: {
  workspace: WorkspaceClient;
  hrefOf: (entry: InboxEntry) => string;
  onOpen: (href: string) => void;
}) {
  // One screen is in one workspace.
  /* eslint-disable solid/reactivity */
  const { workspace } = props;
  /* eslint-enable solid/reactivity */
  const inbox = createInbox(workspace);
  const names = createNames(workspace);
  const [shown, setShown] = createSignal<Shown>('open');
  const [active, setActive] = createSignal(0);
  const all = () => inbox.entries() ?? [];
  const lines = () => all().filter((entry) => isShown(shown(), entry));
  const count = (tab: Shown) => all().filter((entry) => isShown(tab, entry)).length;
  const tabs = () =>
    [
      { id: 'open', label: 'Open' },
      { id: 'mention', label: 'Mentions' },
      { id: 'reply', label: 'Answers' },
      { id: 'comment', label: 'Comments' },
      { id: 'snoozed', label: 'Later' },
      { id: 'done', label: 'Done' },
    ].map((tab) => ({ ...tab, id: tab.id as Shown, count: count(tab.id as Shown) }));
  let list: HTMLUListElement | undefined;
  const focus = (index: number) => {
    const next = Math.max(0, Math.min(lines().length - 1, index));
    setActive(next);
    list?.querySelectorAll<HTMLElement>('.in-open')[next]?.focus();
  };
  const nameOf = (entry: InboxEntry) => firstName(workspace.members().get(entry.by)?.name ?? 'Somebody who left');
  const done = (entry: InboxEntry, isDone: boolean, at?: number) => {
    inbox.mark(
      [entry],
      { doneAt: isDone ? workspace.now() : null, readAt: workspace.now() },
      isDone ? `Done with what ${nameOf(entry)} said` : `Opened again what ${nameOf(entry)} said`,
    );
    // By keys one goes on with what has taken its place.
    if (at !== undefined) focus(at);
  };
  const snooze = (entry: InboxEntry, until: number, label: string) =>
    inbox.mark([entry], { until, doneAt: null }, `Put off until ${label}`);
  const open = (entry: InboxEntry) => {
    if (entry.state === 'unread') inbox.mark([entry], { readAt: workspace.now() }, null);
    props.onOpen(props.hrefOf(entry));
  };
  const choices = () => snoozeChoices(inbox.now(), navigator.language);
  const keys = (event: KeyboardEvent) => {
    const { target } = event;
    if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
    const index = Number(target.closest('li')?.dataset['index'] ?? -1);
    const entry = lines()[index];
    if (entry === undefined) return;
    const [soonest] = choices();
    if (event.key === 'ArrowDown' || event.key === 'j') focus(index + 1);
    else if (event.key === 'ArrowUp' || event.key === 'k') focus(index - 1);
    else if (event.key === 'e') done(entry, entry.state !== 'done', index);
    else if (event.key === 'u')
      inbox.mark([entry], { readAt: entry.state === 'unread' ? workspace.now() : null, until: null }, null);
    else if (event.key === 'h' && soonest !== undefined) snooze(entry, soonest.at, soonest.label);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const allDone = () => {
    const open_ = lines();
    inbox.mark(
      open_,
      { doneAt: workspace.now(), readAt: workspace.now() },
      `Done with ${open_.length} ${open_.length === 1 ? 'entry' : 'entries'}`,
    );
  };
  const isNewDay = (index: number) => {
    const [entry, before] = [lines()[index], lines()[index - 1]];
    return entry !== undefined && (before === undefined || localDay(entry.at) !== localDay(before.at));
  };

  return (
    <>
      <header class="top">
        <h1>Inbox</h1>
        <span class="grow" />
        <ShellTop />
      </header>
      <div class="in-tools">
        <Tabs label="What to show" tabs={tabs()} value={shown()} onChange={setShown} class="in-tabs" />
        <span class="grow" />
        <Show when={lines().length > 0 && shown() !== 'done'}>
          <Button icon={Check} onClick={allDone}>
            All done
          </Button>
        </Show>
      </div>
      <div class="in-scroll">
        <Switch fallback={<SkeletonRows count={6} label="Loading the inbox" />}>
          <Match when={inbox.entries() === undefined && inbox.problem()}>
            {(problem) => <EmptyState title="The inbox cannot be had now">{problem()}</EmptyState>}
          </Match>
          <Match when={inbox.entries() !== undefined && lines().length === 0}>
            <EmptyState title={emptyWords[shown()].title}>{emptyWords[shown()].text}</EmptyState>
          </Match>
          <Match when={inbox.entries() !== undefined}>
            <ul ref={(made) => (list = made)} class="in-list" aria-label="What was said to you" onKeyDown={keys}>
              <For each={lines()}>
                {(entry, index) => {
                  const by = () => workspace.members().get(entry.by);
                  return (
                    <li data-index={index()} class={entry.state} onFocusIn={() => setActive(index())}>
                      <Show when={isNewDay(index())}>
                        <h2 class="in-day small t3">
                          {dayHeading(localDay(entry.at), inbox.now(), navigator.language)}
                        </h2>
                      </Show>
                      <div class="in-row">
                        <span class="in-dot" aria-hidden="true" />
                        <Show when={by()} fallback={<span class="av s24 nobody" aria-hidden="true" />}>
                          {(person) => <Avatar person={person()} size={24} decorative />}
                        </Show>
                        <div class="in-what">
                          <a
                            class="in-open"
                            href={props.hrefOf(entry)}
                            tabindex={index() === Math.min(active(), lines().length - 1) ? 0 : -1}
                            onClick={(event) => {
                              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                              event.preventDefault();
                              open(entry);
                            }}
                          >
                            <Icon of={reasonIcon[entry.reason]} size={14} class="t3" />
                            <span>
                              <Show when={entry.state === 'unread'}>
                                <span class="sr">Unread: </span>
                              </Show>
                              <b>{nameOf(entry)}</b> {said[entry.reason]}{' '}
                              <b dir="auto">{entry.title === '' ? 'Untitled' : entry.title}</b>
                            </span>
                          </a>
                          <Show when={entry.quote !== ''}>
                            <p class="in-quote ellip small t3" dir="auto">
                              “{entry.quote}”
                            </p>
                          </Show>
                          <CommentText text={entry.text} names={names} />
                        </div>
                        <span class="in-when small t3 num">
                          <Show
                            when={entry.until}
                            fallback={whenWords(entry.at, inbox.now(), { locale: navigator.language })}
                          >
                            {(until) =>
                              `until ${new Intl.DateTimeFormat(navigator.language, { weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(until())}`
                            }
                          </Show>
                        </span>
                        <span class="in-act row">
                          <Show
                            when={entry.state !== 'done'}
                            fallback={
                              <IconButton
                                icon={Undo2}
                                size="sm"
                                label="Open again"
                                keys="E"
                                onClick={() => done(entry, false)}
                              />
                            }
                          >
                            <IconButton
                              icon={Check}
                              size="sm"
                              label="Done"
                              keys="E"
                              onClick={() => done(entry, true)}
                            />
                            <MenuButton
                              label="Put off until"
                              align="end"
                              items={choices().map(({ id, label }) => ({ id, label }))}
                              onPick={(id) => {
                                const choice = choices().find((each) => each.id === id);
                                if (choice !== undefined) snooze(entry, choice.at, choice.label);
                              }}
                            >
                              {(trigger) => <IconButton icon={Clock} size="sm" label="Put off" keys="H" {...trigger} />}
                            </MenuButton>
                          </Show>
                        </span>
                      </div>
                    </li>
                  );
                }}
              </For>
            </ul>
          </Match>
        </Switch>
      </div>
    </>
  );
}
