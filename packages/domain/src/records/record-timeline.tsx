import type { ActivityEntry, ActivityList } from '../activity/entry.ts';
import { dayHeading, localDay } from '../activity/words.ts';
import Check from 'lucide-solid/icons/check';
import { ActivityMark } from '@rapport/ui/activity-mark';
import { Checkbox } from '@rapport/ui/checkbox';
import { Chip } from '@rapport/ui/chip';
import { Icon } from '@rapport/ui/icon';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { For, Show, createMemo, createSignal, onCleanup } from 'solid-js';
import type { Planned } from '@rapport/schema/fields';
import { dueText } from '../fields/field-text.ts';
import { ChangeLine, EntryLine } from './timeline-lines.tsx';
import { Composer } from './composer.tsx';
import type { OpenRecord } from './create-record.web.ts';
import type { RelatedOfRecord } from './create-related.web.ts';
import { editFields, logEntry } from './ops.ts';
import { RecordRace } from './record-race.tsx';
import { entryWords } from './record-words.ts';
import { entryKinds, type EntryKind, type TimelineEntry } from './timeline.ts';

type Filter = 'all' | 'changes' | EntryKind;
type Line =
  | { readonly kind: 'entry'; readonly at: number; readonly entry: TimelineEntry }
  | { readonly kind: 'change'; readonly at: number; readonly change: ActivityEntry };

const changesAtMost = 200;

/** What happened and what is planned: every change, and what people wrote down. */
export function RecordTimeline(props: { record: OpenRecord; related: RelatedOfRecord }) {
  const [changes, setChanges] = createSignal<readonly ActivityEntry[] | null>(null);
  const [problem, setProblem] = createSignal<string | null>(null);
  const [filter, setFilter] = createSignal<Filter>('all');
  let asked = 0;
  // One mount is one record.
  // eslint-disable-next-line solid/reactivity
  const { workspace, id } = props.record;
  const refresh = async () => {
    const mine = ++asked;
    try {
      const { items } = await workspace.api<ActivityList>('GET', `/activity?record=${id}&limit=${changesAtMost}`);
      if (mine !== asked) return;
      setProblem(null);
      setChanges(items.filter(({ kind }) => kind !== 'logged'));
    } catch {
      if (mine === asked) setProblem('Changes show when you are online again.');
    }
  };
  void refresh();
  onCleanup(workspace.onChanged(['activity'], () => void refresh()));
  onCleanup(() => asked++);

  const done = createMemo(() => props.record.entries().filter((entry) => entry.at <= props.record.now() + 60_000));
  const ahead = createMemo(() =>
    props.record
      .entries()
      .filter((entry) => entry.at > props.record.now() + 60_000)
      .toReversed(),
  );
  const pinned = createMemo(() => done().filter((entry) => entry.isPinned));
  const counts = createMemo(
    () => new Map(entryKinds.map((kind) => [kind, done().filter((each) => each.kind === kind).length])),
  );
  const days = createMemo(() => {
    const wanted = filter();
    const lines: Line[] = [
      ...done()
        .filter((entry) => wanted === 'all' || entry.kind === wanted)
        .map((entry): Line => ({ kind: 'entry', at: entry.at, entry })),
      ...(wanted === 'all' || wanted === 'changes' ? (changes() ?? []) : []).map((change): Line => ({
        kind: 'change',
        at: change.at,
        change,
      })),
    ].sort((a, b) => b.at - a.at);
    return [...Map.groupBy(lines, (line) => localDay(line.at))];
  });
  const plan = () => props.record.state().values['nextActivity'] as Planned | null;
  const plannedCount = () => ahead().length + (plan() ? 1 : 0);
  return (
    <>
      <Composer record={props.record} />
      <div class="record-chips" role="group" aria-label="Show">
        <Chip
          pressed={filter() === 'all'}
          count={changes() === null ? null : done().length + (changes()?.length ?? 0)}
          onClick={() => setFilter('all')}
        >
          All
        </Chip>
        <For each={entryKinds.toSorted()}>
          {(kind) => (
            <Show when={(counts().get(kind) ?? 0) > 0 || filter() === kind}>
              <Chip pressed={filter() === kind} count={counts().get(kind)} onClick={() => setFilter(kind)}>
                {entryWords[kind].many}
              </Chip>
            </Show>
          )}
        </For>
        <Chip pressed={filter() === 'changes'} count={changes()?.length ?? null} onClick={() => setFilter('changes')}>
          Changes
        </Chip>
      </div>
      <Show when={plannedCount() > 0}>
        <div class="tl-h">
          Planned<span class="count">{plannedCount()}</span>
        </div>
        <div class="plan">
          <Show when={plan()}>{(step) => <PlanLine record={props.record} plan={step()} />}</Show>
          <For each={ahead()}>
            {(entry) => (
              <div class="row">
                <Icon of={Check} class="t3" />
                <span class="grow ellip" dir="auto">
                  {entry.text}
                </span>
                <span class="when num t3">{dueText(localDay(entry.at), props.record.today())}</span>
              </div>
            )}
          </For>
        </div>
      </Show>
      <RecordRace record={props.record} field="nextActivity" spec={props.record.type.fields['nextActivity']} />
      <Show when={pinned().length > 0 && filter() === 'all'}>
        <div class="tl-h">Pinned</div>
        <div class="tl" role="list">
          <For each={pinned()}>{(entry) => <EntryLine record={props.record} entry={entry} />}</For>
        </div>
      </Show>
      <For each={days()}>
        {([day, lines]) => (
          <>
            <h3 class="tl-h">{dayHeading(day, props.record.now())}</h3>
            <div class="tl" role="list">
              <For each={lines}>
                {(line) =>
                  line.kind === 'entry' ? (
                    <EntryLine record={props.record} entry={line.entry} />
                  ) : (
                    <ChangeLine record={props.record} related={props.related} change={line.change} />
                  )
                }
              </For>
            </div>
          </>
        )}
      </For>
      <Show when={changes() === null && problem() === null}>
        <SkeletonRows count={4} label="Loading what happened" />
      </Show>
      <Show when={problem()}>
        <p class="small t3">{problem()}</p>
      </Show>
    </>
  );
}

/** The next step: ticked off, it stands among what was done. */
function PlanLine(props: { record: OpenRecord; plan: Planned }) {
  const state = () => {
    const { due } = props.plan;
    if (due === null || due > props.record.today()) return 'later';
    return due === props.record.today() ? 'today' : 'overdue';
  };
  const what = () => (props.plan.what === '' ? 'Something' : props.plan.what);
  const tick = () => {
    const { record } = props;
    const { workspace } = record;
    const cleared = editFields(record.type, { nextActivity: null }, {});
    const logged = logEntry(
      workspace.newId(),
      { kind: 'note', text: `Done: ${what()}` },
      workspace.me.id,
      workspace.now(),
    );
    if (!cleared.ok || !logged.ok) return;
    record.perform([...cleared.value, ...logged.value], `Ticked off “${what()}” of ${record.state().name}`);
    workspace.toast({ text: 'Done. What is next?', action: { label: 'Undo', run: () => void workspace.undo() } });
  };
  return (
    <div class="row">
      <Checkbox
        label={`Done: ${what()}`}
        checked={false}
        disabled={props.record.lockReason() !== undefined}
        onChange={tick}
      />
      <span class="grow med ellip" dir="auto">
        {what()}
      </span>
      <ActivityMark state={state()} />
      <span class="when num t2">{props.plan.due === null ? '' : dueText(props.plan.due, props.record.today())}</span>
    </div>
  );
}
