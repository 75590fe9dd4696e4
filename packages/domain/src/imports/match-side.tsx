import { Button } from '@rapport/ui/button';
import { Icon } from '@rapport/ui/icon';
import { Segmented } from '@rapport/ui/segmented';
import { Select } from '@rapport/ui/select';
import Columns3 from 'lucide-solid/icons/columns-3';
import ListPlus from 'lucide-solid/icons/list-plus';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import Undo2 from 'lucide-solid/icons/undo-2';
import User from 'lucide-solid/icons/user';
import { For, Show } from 'solid-js';
import type { ImportWizard } from './create-import.web.ts';
import type { ShownPreview } from './import-api.ts';
import type { Spellings } from './spellings.ts';

const whenThere = [
  { value: 'fill', label: 'Fill empty fields only' },
  { value: 'overwrite', label: 'Overwrite' },
  { value: 'skip', label: 'Skip these rows' },
] as const;
const named = 3;
const noKey = '';

/** `A, B, C and 4 more`. */
const listed = (names: readonly string[]): string =>
  names.length <= named ? names.join(', ') : `${names.slice(0, named).join(', ')} and ${names.length - named} more`;

/** What only a person can decide, what is there already, and what else the import makes. */
export function MatchSide(props: { wizard: ImportWizard; preview: ShownPreview }) {
  const merge = ({ column, values, suggested }: Spellings) => {
    const aliases = props.wizard.options().aliases;
    const more = Object.fromEntries(
      values.filter(({ value, count }) => count > 0 && value !== suggested).map(({ value }) => [value, suggested]),
    );
    props.wizard.change({ aliases: { ...aliases, [column]: { ...aliases[column], ...more } } });
  };
  const keys = () => [
    { id: noKey, label: 'Never: every row is a new deal' },
    ...props.preview.columns
      .filter((column) => column.isUnique && column.target !== null)
      .map(({ column }) => ({ id: column, label: `“${column}” is the same` })),
    { id: 'title+company', label: 'Title and company are the same' },
  ];
  const there = () => props.preview.updated + props.preview.unchanged;
  const also = () => props.preview.also;

  return (
    <>
      <Show when={props.preview.spellings.length > 0}>
        <h3 class="imp-sub">Perhaps one and the same</h3>
        <For each={props.preview.spellings.slice(0, 10)}>
          {(each) => (
            <div class="banner">
              <span class="grow">
                <b class="med">{each.column}</b>: {each.values.map(({ value }) => `“${value}”`).join(', ')}
              </span>
              <Button size="sm" onClick={() => merge(each)}>
                Use “{each.suggested}” for all
              </Button>
            </div>
          )}
        </For>
      </Show>

      <h3 class="imp-sub">Already in Rapport</h3>
      <div class="imp-box">
        <div class="row">
          <span class="grow">A row is a deal that you have when</span>
          <b class="num med" aria-label={`${there()} rows`}>
            {there().toLocaleString()}
          </b>
        </div>
        <Select
          label="A row is a deal that you have when"
          hideLabel
          options={keys()}
          value={props.wizard.options().key ?? noKey}
          onChange={(key) => props.wizard.change({ key: key === noKey ? null : key })}
        />
        <Show when={props.wizard.options().key}>
          <Segmented
            label="What to do with deals that you have"
            options={whenThere}
            value={props.wizard.options().whenThere}
            onChange={(value) => props.wizard.change({ whenThere: value })}
          />
        </Show>
      </div>

      <h3 class="imp-sub">This import also</h3>
      <ul class="imp-also">
        <Show when={also().stages.length > 0}>
          <li>
            <Icon of={Columns3} class="t3" />
            <span class="grow">adds the stages {listed(also().stages.map(({ name }) => name))}</span>
          </li>
        </Show>
        <Show when={also().people.length > 0}>
          <li>
            <Icon of={User} class="t3" />
            <span class="grow">
              adds {also().people.length} {also().people.length === 1 ? 'person' : 'people'} who have not joined yet:{' '}
              {listed(also().people)}
            </span>
          </li>
        </Show>
        <Show when={also().fields.length > 0}>
          <li>
            <Icon of={ListPlus} class="t3" />
            <span class="grow">makes the fields {listed(also().fields.map(({ label }) => label))}</span>
          </li>
        </Show>
        <Show when={props.preview.file.problems.length > 0}>
          <li title={props.preview.file.problems.map(({ row, message }) => `Row ${row} ${message}`).join('\n')}>
            <Icon of={TriangleAlert} class="t3" />
            <span class="grow">
              passes over values beyond the last column in {props.preview.file.problems.length}{' '}
              {props.preview.file.problems.length === 1 ? 'row' : 'rows'}
            </span>
          </li>
        </Show>
        <li>
          <Icon of={Undo2} class="t3" />
          <span class="grow">is one step to undo, updated rows included</span>
        </li>
      </ul>
    </>
  );
}
