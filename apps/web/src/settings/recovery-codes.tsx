import { Button } from '@rapport/ui/button';
import Check from 'lucide-solid/icons/check';
import Copy from 'lucide-solid/icons/copy';
import { For, createSignal } from 'solid-js';
import { copyText } from '../local/copy-text.ts';

/** Codes that sign in without the phone. They are shown this once. */
export function RecoveryCodes(props: { codes: readonly string[] }) {
  const [isCopied, setCopied] = createSignal(false);
  const copy = async () => {
    await copyText(props.codes.join('\n'));
    setCopied(true);
  };
  return (
    <>
      <p>
        Keep these where you keep your passwords. Each signs you in once when the phone is not at hand. They are not
        shown again.
      </p>
      <ul class="recovery-codes num" aria-label="Recovery codes">
        <For each={props.codes}>{(code) => <li>{code}</li>}</For>
      </ul>
      <div>
        <Button icon={isCopied() ? Check : Copy} onClick={() => void copy()}>
          {isCopied() ? 'Copied' : 'Copy all'}
        </Button>
      </div>
    </>
  );
}
