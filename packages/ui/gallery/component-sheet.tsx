import Columns from 'lucide-solid/icons/columns-2';
import Plus from 'lucide-solid/icons/plus';
import TableIcon from 'lucide-solid/icons/table-2';
import Trash from 'lucide-solid/icons/trash';
import { For, createSignal } from 'solid-js';
import { ActivityMark } from '../src/activity-mark.tsx';
import { Avatar, AvatarStack, Mention, Monogram } from '../src/avatar.tsx';
import { Badge } from '../src/badge.tsx';
import { Banner } from '../src/banner.tsx';
import { Button } from '../src/button.tsx';
import { Checkbox } from '../src/checkbox.tsx';
import { AddChip, Chip, QueryChip } from '../src/chip.tsx';
import { Combobox, MultiSelect } from '../src/combobox.tsx';
import { DateField } from '../src/date-field.tsx';
import { Dialog } from '../src/dialog.tsx';
import { EmptyState } from '../src/empty-state.tsx';
import { IconButton } from '../src/icon-button.tsx';
import { InlineEdit, InlinePick } from '../src/inline-edit.tsx';
import { Kbd } from '../src/kbd.tsx';
import { Label } from '../src/label.tsx';
import { formatMoney, parseMoney } from '../src/logic/money.ts';
import type { Person } from '../src/logic/person.ts';
import { MenuButton } from '../src/menu.tsx';
import { MoneyField, NumberField } from '../src/number-field.tsx';
import type { Option } from '../src/option-list.tsx';
import { PersonTag } from '../src/person-tag.tsx';
import { ProgressBar } from '../src/progress-bar.tsx';
import { RaceStrip } from '../src/race-strip.tsx';
import { RadioCards } from '../src/radio-cards.tsx';
import { SaveStatus } from '../src/save-status.tsx';
import { Segmented } from '../src/segmented.tsx';
import { Select } from '../src/select.tsx';
import { SkeletonCard, SkeletonRows } from '../src/skeleton.tsx';
import { StageMark } from '../src/stage-mark.tsx';
import { Switch } from '../src/switch.tsx';
import { Tabs } from '../src/tabs.tsx';
import { TextField } from '../src/text-field.tsx';
import { showToast } from '../src/toasts.tsx';
import { CardBody, type DemoCard } from './demo-card.tsx';
import { colleague, people } from './people.ts';

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
const states = ['', 'is-hover', 'is-active', 'is-focus'];
const stages: Option[] = [
  {
    id: 'negotiation',
    label: 'Negotiation',
    mark: () => <StageMark probability={75} />,
    keys: '4',
    heading: 'Move to',
  },
  { id: 'verbal', label: 'Verbal yes', mark: () => <StageMark probability={90} />, keys: '5' },
  { id: 'won', label: 'Won', mark: () => <StageMark probability={100} />, forbidden: 'Only Sales may close deals' },
  {
    id: 'other',
    label: 'Other pipeline',
    icon: Columns,
    separated: true,
    items: [{ id: 'renewals', label: 'Renewals' }],
  },
  { id: 'delete', label: 'Delete', icon: Trash, tone: 'danger' },
];
const owners: Option[] = people.map((person) => ({
  id: person.id,
  label: person.name,
  mark: () => <Avatar person={person} decorative />,
}));

function Buttons() {
  return (
    <section class="sec">
      <h2>Buttons</h2>
      <p class="small t3">One primary on a screen. Height 28, 24 in dense rows.</p>
      <table class="bt">
        <tbody>
          <tr>
            <th scope="col">
              <span class="sr">Kind</span>
            </th>
            <For each={['Rest', 'Hover', 'Active', 'Focus', 'Disabled']}>{(name) => <th scope="col">{name}</th>}</For>
          </tr>
          <For each={['primary', 'default', 'ghost', 'danger'] as const}>
            {(variant) => (
              <tr>
                <td class="t3 small">{variant}</td>
                <For each={states}>
                  {(state) => (
                    <td>
                      <Button variant={variant} class={state} icon={variant === 'primary' ? Plus : undefined}>
                        {variant === 'primary' ? 'New' : variant === 'danger' ? 'Delete' : 'Import'}
                      </Button>
                    </td>
                  )}
                </For>
                <td>
                  <Button
                    variant={variant}
                    disabledReason="Only admins import. Ask Noor."
                    icon={variant === 'primary' ? Plus : undefined}
                  >
                    {variant === 'primary' ? 'New' : 'Import'}
                  </Button>
                </td>
              </tr>
            )}
          </For>
          <tr>
            <td class="t3 small">Icon</td>
            <For each={states}>
              {(state) => (
                <td>
                  <IconButton variant="default" icon={Plus} label="Add" class={state} />
                </td>
              )}
            </For>
            <td>
              <IconButton variant="default" icon={Plus} label="Add" disabled />
            </td>
          </tr>
        </tbody>
      </table>
      <div class="row wrapr">
        <Button busy>Sending</Button>
        <Button size="sm">Small</Button>
        <Button size="lg" variant="primary">
          Import 4,773 rows
        </Button>
        <Button keys="Mod+K">Search</Button>
      </div>
    </section>
  );
}

function Fields() {
  const [text, setText] = createSignal('Tarn Valley');
  const [amount, setAmount] = createSignal<number | null>(4_000_000);
  const [seats, setSeats] = createSignal<number | null>(12);
  const [day, setDay] = createSignal<string | null>('2026-11-24');
  const [stage, setStage] = createSignal('verbal');
  const [owner, setOwner] = createSignal<Option | null>(owners[6] ?? null);
  const [tags, setTags] = createSignal<readonly Option[]>([{ id: 't1', label: 'Tender' }]);
  return (
    <section class="sec">
      <h2>Fields</h2>
      <p class="small t3">Enter or blur commits, Esc takes it back.</p>
      <div class="gr2">
        <TextField label="Rest" value={text()} onCommit={setText} onRevert={() => undefined} />
        <TextField label="Empty" value="" placeholder="Company" />
        <TextField label="Disabled" value="Tarn Valley" disabled />
        <TextField label="Error" value="47 55" error="Too short for a Norwegian number." />
        <MoneyField label="Value" value={amount()} onCommit={setAmount} currency="EUR" />
        <NumberField label="Seats" value={seats()} onCommit={setSeats} min={1} suffix="seats" />
        <DateField label="Close date" value={day()} onCommit={setDay} today="2026-11-21" />
        <Select label="Stage" options={stages.slice(0, 3)} value={stage()} onChange={setStage} />
        <Combobox label="Owner" options={owners} value={owner()} onChange={setOwner} clearable />
        <MultiSelect
          label="Labels"
          options={[
            { id: 't1', label: 'Tender' },
            { id: 't2', label: 'Multi-site' },
          ]}
          value={tags()}
          onChange={setTags}
          onCreate={(label) => setTags([...tags(), { id: label, label }])}
          createLabel="Create label"
        />
        <TextField label="Note" value="Bring the cold-chain certificate." multiline rows={2} />
      </div>
    </section>
  );
}

function Choices() {
  const [isOn, setOn] = createSignal(true);
  const [plan, setPlan] = createSignal<'merge' | 'skip'>('merge');
  const [amount, setAmount] = createSignal(4_000_000);
  const [changedBy, setChangedBy] = createSignal<Person | null>(null);
  return (
    <section class="sec">
      <h2>Choices and values in place</h2>
      <div class="row wrapr" style={{ gap: '16px', 'margin-top': '8px' }}>
        <Checkbox label="Off" checked={false} />
        <Checkbox label="On" checked={isOn()} onChange={setOn} />
        <Checkbox label="Mixed" checked={false} mixed />
        <Switch label="Off" checked={false} />
        <Switch label="On" checked={isOn()} onChange={setOn} />
        <Checkbox checked={isOn()} onChange={setOn}>
          Weekly mail
        </Checkbox>
      </div>
      <div class="stack">
        <RadioCards
          label="When a row is known already"
          value={plan()}
          onChange={setPlan}
          options={[
            { value: 'merge', title: 'Update it', text: 'Blank cells keep what is there.' },
            { value: 'skip', title: 'Leave it', text: 'Only new rows come in.' },
          ]}
        />
        <dl class="fields">
          <dt>Value</dt>
          <dd style={{ padding: 0 }}>
            <InlineEdit
              label="Value"
              value={amount()}
              text={formatMoney(amount(), 'EUR')}
              changedBy={changedBy()}
              parse={(typed) => {
                const minor = parseMoney(typed, 'EUR');
                return minor == null
                  ? { ok: false, error: 'Type an amount, like 40,000 or 40k.' }
                  : { ok: true, value: minor };
              }}
              onCommit={setAmount}
            >
              <span class="num">{formatMoney(amount(), 'EUR')}</span>
            </InlineEdit>
          </dd>
          <dt>In use</dt>
          <dd style={{ padding: 0 }}>
            <InlineEdit
              label="In use"
              value=""
              text="€72,500"
              editedBy={colleague(11)}
              parse={(value) => ({ ok: true, value })}
              onCommit={() => undefined}
            >
              €72,500
            </InlineEdit>
          </dd>
          <dt>Locked</dt>
          <dd style={{ padding: 0 }}>
            <InlineEdit
              label="Locked"
              value=""
              text=""
              lockReason="You may only see Renewals. Ask Noor."
              parse={(value) => ({ ok: true, value })}
              onCommit={() => undefined}
            >
              Renewals
            </InlineEdit>
          </dd>
          <dt>Owner</dt>
          <dd style={{ padding: 0 }}>
            <InlinePick label="Owner" options={owners} onPick={() => undefined}>
              <Avatar person={colleague(7)} decorative /> Ana Sørli
            </InlinePick>
          </dd>
        </dl>
        <RaceStrip
          person={colleague(7)}
          theirs="€40,000"
          mine="€35,000"
          onSwap={() => setChangedBy({ ...colleague(7) })}
          onKeep={() => setChangedBy(null)}
        />
      </div>
    </section>
  );
}

function ChipsAndMenus() {
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

function People() {
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

function Signals() {
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

function Cards() {
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

/** Every component in every state, as the design's sheet shows them. */
export function ComponentSheet() {
  return (
    <main class="sheet">
      <header class="row">
        <h1>Components</h1>
        <span class="t3">Every state that packages/ui has.</span>
      </header>
      <div class="g">
        <Buttons />
        <Fields />
        <ChipsAndMenus />
        <Choices />
        <People />
        <Signals />
      </div>
      <Cards />
      <div class="g">
        <section class="sec">
          <h2>Empty</h2>
          <EmptyState title="No deals match" action={<Button size="sm">Clear filters</Button>}>
            Rotting and Mine leave nothing.
          </EmptyState>
        </section>
        <section class="sec">
          <h2>Loading</h2>
          <SkeletonRows />
        </section>
      </div>
    </main>
  );
}
