import { Segmented } from '@rapport/ui/segmented';
import { Select } from '@rapport/ui/select';
import { Show } from 'solid-js';
import type { ImportWizard } from './create-import.web.ts';
import type { ShownPreview } from './import-api.ts';
import { nounWords, type KeyChoice } from './import-nouns.ts';

const whenThere = [
  { value: 'fill', label: 'Fill empty fields only' },
  { value: 'overwrite', label: 'Overwrite' },
  { value: 'skip', label: 'Skip these rows' },
] as const;
const noKey = '';

const sameKey = (a: readonly string[], b: readonly string[]): boolean => a.join('\n') === b.join('\n');
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** How rows are recognised as records that are there, and what happens to those then. */
export function KeyChoiceBox(props: { wizard: ImportWizard; preview: ShownPreview }) {
  const words = () => nounWords[props.wizard.options().noun];
  const keys = (): readonly KeyChoice[] => [
    { id: noKey, label: `Never: every row is a new ${words().one}`, key: [] },
    ...props.preview.keys,
    ...props.preview.columns
      .filter((column) => column.isUnique && column.target !== null)
      .flatMap(({ column }): KeyChoice[] => {
        const label = `“${column}” is the same`;
        const alone = { id: `column:${column}`, label, key: [column] };
        const { defaultKey } = props.preview;
        const other = props.preview.keys.find((each) => sameKey(each.key, defaultKey));
        return other
          ? [{ id: `both:${column}`, label: `${label}, or ${lower(other.label)}`, key: [column, ...defaultKey] }, alone]
          : [alone];
      }),
  ];
  const chosenKey = () => {
    // Nobody has said: what the server does then.
    const { key = props.preview.defaultKey } = props.wizard.options();
    return keys().find((each) => sameKey(each.key, key ?? []))?.id ?? noKey;
  };
  const there = () => props.preview.updated + props.preview.unchanged;

  return (
    <>
      <h3 class="imp-sub">Already in Rapport</h3>
      <div class="imp-box">
        <div class="row">
          <span class="grow">A row is a {words().one} that you have when</span>
          <b class="num med" aria-label={`${there()} rows`}>
            {there().toLocaleString()}
          </b>
        </div>
        <Select
          label={`A row is a ${words().one} that you have when`}
          hideLabel
          options={keys()}
          value={chosenKey()}
          onChange={(id) =>
            props.wizard.change({ key: id === noKey ? null : (keys().find((each) => each.id === id)?.key ?? null) })
          }
        />
        <Show when={chosenKey() !== noKey}>
          <Segmented
            label={`What to do with ${words().many} that you have`}
            options={whenThere}
            value={props.wizard.options().whenThere}
            onChange={(value) => props.wizard.change({ whenThere: value })}
          />
        </Show>
      </div>
    </>
  );
}
