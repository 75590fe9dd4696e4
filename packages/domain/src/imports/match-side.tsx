import { Button } from '@rapport/ui/button';
import { Icon } from '@rapport/ui/icon';
import Building from 'lucide-solid/icons/building';
import Columns3 from 'lucide-solid/icons/columns-3';
import ListPlus from 'lucide-solid/icons/list-plus';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import Undo2 from 'lucide-solid/icons/undo-2';
import User from 'lucide-solid/icons/user';
import Users from 'lucide-solid/icons/users';

import { For, Show } from 'solid-js';
import { AlikeChoice } from './alike-choice.tsx';
import type { ImportWizard } from './create-import.web.ts';
import type { ShownPreview } from './import-api.ts';
import { isImportNoun, nounWords } from './import-nouns.ts';
import { KeyChoiceBox } from './key-choice.tsx';
import { RecordsChoice } from './records-choice.tsx';
import { RolesChoice } from './roles-choice.tsx';
import type { Spellings } from './spellings.ts';

const named = 3;

/** `A, B, C and 4 more`. */
const listed = (names: readonly string[]): string =>
  names.length <= named ? names.join(', ') : `${names.slice(0, named).join(', ')} and ${names.length - named} more`;

/** `creates 291 companies and uses 64 that you have`. */
function recordsText({ noun, created, used }: { noun: string; created: number; used: number }): string {
  const words = isImportNoun(noun) ? nounWords[noun] : { one: noun, many: noun };
  const parts = [
    created > 0 ? `creates ${created.toLocaleString()} ${created === 1 ? words.one : words.many}` : '',
    used > 0
      ? `uses ${used.toLocaleString()}${created > 0 ? '' : ` ${used === 1 ? words.one : words.many}`} that you have`
      : '',
  ];
  return parts.filter((part) => part !== '').join(' and ');
}

/** What only a person can decide, what is there already, and what else the import makes. */
export function MatchSide(props: { wizard: ImportWizard; preview: ShownPreview }) {
  const merge = ({ column, values, suggested }: Spellings) => {
    const aliases = props.wizard.options().aliases;
    const more = Object.fromEntries(
      values.filter(({ value, count }) => count > 0 && value !== suggested).map(({ value }) => [value, suggested]),
    );
    props.wizard.change({ aliases: { ...aliases, [column]: { ...aliases[column], ...more } } });
  };
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

      <Show
        when={props.wizard.options().noun === 'people'}
        fallback={<KeyChoiceBox wizard={props.wizard} preview={props.preview} />}
      >
        <RolesChoice wizard={props.wizard} preview={props.preview} />
      </Show>
      <AlikeChoice wizard={props.wizard} preview={props.preview} />
      <RecordsChoice wizard={props.wizard} preview={props.preview} />

      <h3 class="imp-sub">This import also</h3>
      <ul class="imp-also">
        <Show when={also().stages.length > 0}>
          <li>
            <Icon of={Columns3} class="t3" />
            <span class="grow">adds the stages {listed(also().stages.map(({ name }) => name))}</span>
          </li>
        </Show>
        <For each={also().records ?? []}>
          {(each) => (
            <li>
              <Icon of={each.noun === 'companies' ? Building : User} class="t3" />
              <span class="grow num">{recordsText(each)}</span>
            </li>
          )}
        </For>
        <Show when={(also().teams ?? []).length > 0}>
          <li>
            <Icon of={Users} class="t3" />
            <span class="grow">makes the teams {listed(also().teams ?? [])}</span>
          </li>
        </Show>
        <Show when={also().people.length > 0}>
          <li>
            <Icon of={User} class="t3" />
            <span class="grow">
              adds {also().people.length} {also().people.length === 1 ? 'person who has' : 'people who have'} not joined
              yet: {listed(also().people)}
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
              {props.preview.file.kind === 'vcard'
                ? 'leaves photos and the like'
                : 'passes over values beyond the last column'}{' '}
              {props.preview.file.kind === 'vcard' ? 'of' : 'in'} {props.preview.file.problems.length}{' '}
              {props.preview.file.kind === 'vcard'
                ? props.preview.file.problems.length === 1
                  ? 'card where they are'
                  : 'cards where they are'
                : props.preview.file.problems.length === 1
                  ? 'row'
                  : 'rows'}
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
