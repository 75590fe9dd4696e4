import { Button } from '@rapport/ui/button';
import Check from 'lucide-solid/icons/check';
import Copy from 'lucide-solid/icons/copy';
import { createSignal, createUniqueId } from 'solid-js';
import { copyText } from '../local/copy-text.ts';

/** A text to be taken elsewhere, with a button that copies it. */
export function CopyField(props: { label: string; text: string; hint: string }) {
  const id = createUniqueId();
  const [isCopied, setCopied] = createSignal(false);
  let field: HTMLInputElement | undefined;
  const copy = async () => {
    field?.select();
    await copyText(props.text);
    setCopied(true);
  };
  return (
    <div class="field">
      <label class="flabel" for={id}>
        {props.label}
      </label>
      <div class="row">
        <div class="input grow">
          <input ref={(made) => (field = made)} id={id} readonly value={props.text} onFocus={() => field?.select()} />
        </div>
        <Button variant="primary" icon={isCopied() ? Check : Copy} data-autofocus onClick={() => void copy()}>
          {isCopied() ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <p class="hint">{props.hint}</p>
    </div>
  );
}
