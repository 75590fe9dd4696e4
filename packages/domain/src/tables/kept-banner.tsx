import { Banner } from '@rapport/ui/banner';
import { Button } from '@rapport/ui/button';
import { Show, createSignal, onCleanup } from 'solid-js';
import { whenText } from '../fields/field-text.ts';
import { useTable } from './table-context.web.ts';

const tickMs = 30_000;

/** Says that what is seen is what this device kept, since when, and how much of all. */
export function KeptBanner() {
  const table = useTable();
  const [now, setNow] = createSignal(table.workspace.now());
  const timer = setInterval(() => setNow(table.workspace.now()), tickMs);
  onCleanup(() => clearInterval(timer));
  return (
    <Show when={table.data.kept()}>
      {(kept) => (
        <Banner
          tone="warning"
          action={
            <Button size="sm" onClick={table.data.refresh}>
              Try again
            </Button>
          }
        >
          No connection. This is what was kept here, as of {whenText(kept().at, now())}
          <Show when={kept().rows < kept().total}>
            : {kept().rows.toLocaleString()} of {kept().total.toLocaleString()} rows
          </Show>
          . What you change is sent when there is one.
        </Banner>
      )}
    </Show>
  );
}
