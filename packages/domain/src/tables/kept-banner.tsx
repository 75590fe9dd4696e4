import { Banner } from '@rapport/ui/banner';
import { Button } from '@rapport/ui/button';
import { Show, createSignal, onCleanup } from 'solid-js';
import { useTable } from './table-context.web.ts';

const tickMs = 30_000;
const minuteMs = 60_000;

/** A moment ago, 5 minutes ago, yesterday. */
function agoText(ms: number, locale?: string): string {
  const minutes = Math.floor(ms / minuteMs);
  if (minutes < 1) return 'a moment ago';
  const [count, unit] =
    minutes < 60
      ? ([minutes, 'minute'] as const)
      : minutes < 1440
        ? ([Math.floor(minutes / 60), 'hour'] as const)
        : ([Math.floor(minutes / 1440), 'day'] as const);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-count, unit);
}

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
          No connection. This was kept here {agoText(now() - kept().at)}
          <Show when={kept().rows < kept().total}>
            : {kept().rows.toLocaleString()} of {kept().total.toLocaleString()} rows
          </Show>
          . What you change is sent when there is one.
        </Banner>
      )}
    </Show>
  );
}
