import Columns from 'lucide-solid/icons/columns-2';
import TableIcon from 'lucide-solid/icons/table-2';
import { For, createSignal } from 'solid-js';
import { ActivityMark } from '../src/activity-mark.tsx';
import { Avatar, AvatarStack, Mention, Monogram } from '../src/avatar.tsx';
import { Badge } from '../src/badge.tsx';
import { Banner } from '../src/banner.tsx';
import { Button } from '../src/button.tsx';
import { AddChip, Chip, QueryChip } from '../src/chip.tsx';
import { Dialog } from '../src/dialog.tsx';
import { Kbd } from '../src/kbd.tsx';
import { Label } from '../src/label.tsx';
import { MenuButton } from '../src/menu.tsx';
import { PersonTag } from '../src/person-tag.tsx';
import { ProgressBar } from '../src/progress-bar.tsx';
import { RadioCards } from '../src/radio-cards.tsx';
import { SaveStatus } from '../src/save-status.tsx';
import { Segmented } from '../src/segmented.tsx';
import { SkeletonCard } from '../src/skeleton.tsx';
import { StageMark } from '../src/stage-mark.tsx';
import { Tabs } from '../src/tabs.tsx';
import { TextField } from '../src/text-field.tsx';
import { showToast } from '../src/toasts.tsx';
import { CardBody, type DemoCard } from './demo-card.tsx';
import { colleague, people } from './people.ts';
import { stages } from './sheet-data.tsx';

const card: DemoCard = {
  id: 'c',
  title: 'Milk intake, two lines',
  company: 'Brackwater Dairy',
  labels: [],
  amountMinor: 1_990_000,
  days: 4,
  next: 'today',
  owner: 8,
  rot: 0,
};
/** Chips, tabs, menus, inline edit. */
export function ChipsAndMenus() {
  const [tab, setTab] = createSignal<'board' | 'table'>('board');
  const [span, setSpan] = createSignal<'week' | 'month'>('week');
  const [isOpen, setOpen] = createSignal(false);
  return (
    <section class="sec">
      <h2>Chips, tabs, labels, menus</h2>
      <p class="small t3">A pressed chip is a filter that is on. Labels say what it is, never decorate.</p>
      <div class="row wrapr">
        <Chip count={14}>Mine</Chip>
        <Chip count={6} pressed>
          Rotting
        </Chip>
        <Chip count={null}>Closing</Chip>
        <QueryChip field="Owner" operator="is" value="Ana" onRemove={() => undefined} />
        <AddChip>Filter</AddChip>
      </div>
      <div class="row wrapr" style={{ 'margin-top': '10px' }}>
        <Tabs
          label="View"
          tabs={[
            { id: 'board', label: 'Board', icon: Columns },
            { id: 'table', label: 'Table', icon: TableIcon },
          ]}
          value={tab()}
          onChange={setTab}
        />
        <Segmented
          label="Span"
          options={[
            { value: 'week', label: 'Week' },
            { value: 'month', label: 'Month' },
          ]}
          value={span()}
          onChange={setSpan}
        />
      </div>
      <Tabs
        label="Record"
        variant="underline"
        tabs={[
          { id: 'board', label: 'Activity', count: 12 },
          { id: 'table', label: 'Notes', count: null },
        ]}
        value={tab()}
        onChange={setTab}
      />
      <div class="row wrapr" style={{ 'margin-top': '10px', gap: '6px' }}>
        <Label>Tender</Label>
        <Label line>+1</Label>
        <Label tone="success">Customer</Label>
        <Label tone="warning">Pending</Label>
        <Label tone="danger">Overdue</Label>
        <Label tone="info">Sent</Label>
        <Badge count={4} />
        <Kbd keys="Mod+K" />
        <Kbd keys="N" />
        <Mention person={colleague(6)}>Leo</Mention>
      </div>
      <div class="row wrapr" style={{ 'margin-top': '12px' }}>
        <MenuButton
          label="Move to"
          items={stages}
          onPick={(id) => showToast({ text: `Moved to ${id}`, undo: () => undefined })}
        >
          {(trigger) => <Button {...trigger}>Move to…</Button>}
        </MenuButton>
        <Button onClick={() => setOpen(true)}>Mark as lost…</Button>
        <Button onClick={() => showToast({ text: 'Moved 3 deals to Proposal', undo: () => undefined })}>Toast</Button>
        <Button
          onClick={() =>
            showToast({
              text: 'Not moved. You may only see Renewals.',
              tone: 'problem',
              action: { label: 'Ask Noor', run: () => undefined },
            })
          }
        >
          Problem
        </Button>
      </div>
      <Dialog
        open={isOpen()}
        onClose={() => setOpen(false)}
        title="Why was Cold-room sensors lost?"
        onSubmit={() => setOpen(false)}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button variant="primary" onClick={() => setOpen(false)}>
              Mark as lost
            </Button>
          </>
        }
      >
        <RadioCards
          label="Reason"
          hideLabel
          value="price"
          onChange={() => undefined}
          options={[
            { value: 'price', title: 'Price' },
            { value: 'timing', title: 'Timing' },
          ]}
        />
        <TextField label="Note" value="" multiline />
      </Dialog>
    </section>
  );
}

/** Avatars, presence, race. */
export function People() {
  return (
    <section class="sec">
      <h2>People</h2>
      <p class="small t3">Colour = colleague. Customers stay grey. Twelve, each AA with its text.</p>
      <div class="row wrapr">
        <For each={people}>{(person) => <Avatar person={person} size={28} />}</For>
      </div>
      <div class="row wrapr" style={{ 'margin-top': '8px', gap: '6px' }}>
        <For each={people}>{(person) => <PersonTag person={person} />}</For>
      </div>
      <div class="row wrapr" style={{ 'margin-top': '10px' }}>
        <Avatar person={colleague(7)} size={24} showsState />
        <span class="t3">here</span>
        <Avatar person={colleague(12)} size={24} showsState />
        <span class="t3">idle 5 min</span>
        <Monogram name="Hanne Berg" kind="contact" size={24} />
        <span class="t3">contact</span>
        <Monogram name="Hollin Sons" kind="company" size={24} />
        <span class="t3">company</span>
      </div>
      <div class="row" style={{ 'margin-top': '10px' }}>
        <AvatarStack people={people.slice(4)} />
      </div>
    </section>
  );
}

/** Saving, toasts, progress. */
export function Signals() {
  return (
    <section class="sec">
      <h2>Signals and saving</h2>
      <div class="gr2 st" style={{ 'margin-bottom': '10px' }}>
        <SaveStatus state={{ kind: 'saved' }} />
        <SaveStatus state={{ kind: 'saving', count: 3 }} />
        <SaveStatus state={{ kind: 'offline', count: 4 }} list={() => 'Four changes wait here.'} />
        <SaveStatus state={{ kind: 'rejected', count: 1 }} list={() => 'One change was refused.'} />
      </div>
      <div class="row wrapr">
        <For each={['overdue', 'today', 'later', 'none'] as const}>
          {(state) => (
            <span class="row" style={{ gap: '6px' }}>
              <ActivityMark state={state} />
              <span class="t2">{state}</span>
            </span>
          )}
        </For>
      </div>
      <div class="row wrapr" style={{ margin: '8px 0' }}>
        <For each={[10, 30, 50, 75, 90, 100]}>
          {(probability) => (
            <span class="row" style={{ gap: '5px' }}>
              <StageMark probability={probability} />
              <span class="t2 num">{probability}%</span>
            </span>
          )}
        </For>
      </div>
      <div class="stack" style={{ gap: '6px' }}>
        <Banner tone="info" action={<Button size="sm">Back to now</Button>}>
          You look at Tuesday 17 Nov, 09:00.
        </Banner>
        <Banner tone="warning">Offline. Nothing is lost.</Banner>
        <Banner tone="danger">The server ran out of disk space. Your changes are kept here.</Banner>
        <ProgressBar label="Import" value={0.4} />
      </div>
    </section>
  );
}

/** Cards in every state. */
export function Cards() {
  const kinds: [string, string][] = [
    ['Rest', ''],
    ['Hover', 'is-hover'],
    ['Focus', 'is-focus'],
    ['Selected', 'is-selected'],
    ['Dragged by you', 'lifted'],
    ['Held by a colleague', 'halo p5'],
    ['Place it left', 'ghost'],
    ['Pending', 'pending'],
    ['Rotting soon', 'rot1'],
    ['Rotten', 'rot2'],
    ['While comparing', 'quiet'],
  ];
  return (
    <section class="sec" style={{ 'margin-bottom': '16px' }}>
      <h2>Card</h2>
      <div class="cs">
        <For each={kinds}>
          {([name, kind]) => (
            <div class="st">
              <span class="micro t3">{name}</span>
              <article class={`card ${kind}`}>
                <CardBody
                  card={{
                    ...card,
                    rot: kind === 'rot1' ? 1 : kind === 'rot2' ? 2 : 0,
                    next: kind === 'rot2' ? 'overdue' : 'today',
                  }}
                />
              </article>
            </div>
          )}
        </For>
        <div class="st">
          <span class="micro t3">Place it goes to</span>
          <div class="slot" style={{ height: '78px' }} />
        </div>
        <div class="st">
          <span class="micro t3">A colleague’s place</span>
          <div class="slot person p5" style={{ height: '78px' }} />
        </div>
        <div class="st">
          <span class="micro t3">Loading</span>
          <SkeletonCard />
        </div>
      </div>
    </section>
  );
}
