import Plus from 'lucide-solid/icons/plus';
import { For, createSignal } from 'solid-js';
import { Avatar } from '../src/avatar.tsx';
import { Button } from '../src/button.tsx';
import { Checkbox } from '../src/checkbox.tsx';
import { Combobox, MultiSelect } from '../src/combobox.tsx';
import { DateField } from '../src/date-field.tsx';
import { IconButton } from '../src/icon-button.tsx';
import { InlineEdit, InlinePick } from '../src/inline-edit.tsx';
import { formatMoney, parseMoney } from '../src/logic/money.ts';
import type { Person } from '../src/logic/person.ts';
import { MoneyField, NumberField } from '../src/number-field.tsx';
import type { Option } from '../src/option-list.tsx';
import { RaceStrip } from '../src/race-strip.tsx';
import { RadioCards } from '../src/radio-cards.tsx';
import { Select } from '../src/select.tsx';
import { Switch } from '../src/switch.tsx';
import { TextField } from '../src/text-field.tsx';
import { colleague } from './people.ts';
import { states, stages, owners } from './sheet-data.tsx';

/** Every kind of button in every state. */
export function Buttons() {
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

/** Text, number, money and date. */
export function Fields() {
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

/** Select, combobox, checkbox and the like. */
export function Choices() {
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
