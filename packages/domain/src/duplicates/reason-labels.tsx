import { Label } from '@rapport/ui/label';
import { For } from 'solid-js';
import type { ToldReason } from './duplicate-api.ts';
import { reasonText, reasonTone } from './reason-words.ts';

/** Why two records may be one, and what speaks against it. */
export function ReasonLabels(props: { reasons: readonly ToldReason[] }) {
  return (
    <span class="dup-reasons">
      <For each={props.reasons}>{(reason) => <Label tone={reasonTone(reason)}>{reasonText(reason)}</Label>}</For>
    </span>
  );
}
