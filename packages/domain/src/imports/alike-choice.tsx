import { Segmented } from '@rapport/ui/segmented';
import { For, Show } from 'solid-js';
import { AlikeLine } from './alike-line.tsx';
import type { ImportWizard } from './create-import.web.ts';
import type { ShownPreview } from './import-api.ts';
import { nounWords } from './import-nouns.ts';

const shown = 5;
const choices = [
  { value: 'match', label: 'Take as the same' },
  { value: 'new', label: 'Bring in as new' },
] as const;

/** Rows that no key recognises, and that are somebody all the same, or may be: what is done with them, and why. */
export function AlikeChoice(props: { wizard: ImportWizard; preview: ShownPreview }) {
  const words = () => nounWords[props.wizard.options().noun];
  return (
    <Show when={props.preview.alikeCount > 0}>
      <h3 class="imp-sub">Much like others</h3>
      <div class="imp-box">
        <div class="row">
          <span class="grow">
            A row is much like a {words().one} that you have, or like an earlier row. Where it is almost certainly the
            same
          </span>
          <b class="num med" aria-label={`${props.preview.alikeCount} rows`}>
            {props.preview.alikeCount.toLocaleString()}
          </b>
        </div>
        <Segmented
          label={`What to do with rows that are almost certainly a ${words().one} that you have`}
          options={choices}
          value={props.wizard.options().whenAlike ?? 'match'}
          onChange={(whenAlike) => props.wizard.change({ whenAlike })}
        />
        <ul class="imp-kept">
          <For each={props.preview.alike.slice(0, shown)}>{(alike) => <AlikeLine alike={alike} />}</For>
        </ul>
        <Show when={props.preview.alikeCount > shown}>
          <p class="t3 num">and {(props.preview.alikeCount - shown).toLocaleString()} more</p>
        </Show>
      </div>
    </Show>
  );
}
