import { Button } from '@rapport/ui/button';
import { Skeleton } from '@rapport/ui/skeleton';
import Download from 'lucide-solid/icons/download';
import { Match, Show, Suspense, Switch, createResource, lazy } from 'solid-js';

const PdfPages = lazy(async () => ({ default: (await import('./pdf-pages.tsx')).PdfPages }));

/** Text beyond this is cut: a browser lays out a page of it at once. */
const shownTextBytes = 200_000;
const largestPdfBytes = 50 * 2 ** 20;

/** What a file looks like, as far as that can be shown without anything in it running. */
export function FilePreview(props: { url: string; name: string; type: string; size: number; onDownload: () => void }) {
  const isText = () => props.type === 'text/plain';
  const [text] = createResource(
    () => (isText() ? props.url : null),
    async (url) => {
      const reply = await fetch(url, { headers: { range: `bytes=0-${shownTextBytes - 1}` } });
      if (reply.status === 416) return '';
      if (!reply.ok) throw new Error('The content cannot be read now.');
      return new TextDecoder('utf-8').decode(await reply.arrayBuffer());
    },
  );
  const nothing = () => (
    <div class="file-none">
      <p class="t2">There is no preview of this kind of file.</p>
      <Button icon={Download} onClick={() => props.onDownload()}>
        Download
      </Button>
    </div>
  );
  return (
    <div class="file-preview">
      <Switch fallback={nothing()}>
        <Match when={props.type.startsWith('image/')}>
          <img src={props.url} alt={props.name} />
        </Match>
        <Match when={isText()}>
          <Show
            when={text.error === undefined}
            fallback={<p class="t2">The content cannot be read now. It is kept on the server.</p>}
          >
            <Show when={text() !== undefined} fallback={<Skeleton height="200px" />}>
              <pre tabindex="0" dir="auto">
                {text()}
              </pre>
              <Show when={props.size > shownTextBytes}>
                <p class="small t3">The beginning. Download the file to read all of it.</p>
              </Show>
            </Show>
          </Show>
        </Match>
        <Match when={props.type === 'application/pdf' && props.size <= largestPdfBytes}>
          <Suspense fallback={<Skeleton height="320px" />}>
            <PdfPages url={props.url} name={props.name} failed={nothing} />
          </Suspense>
        </Match>
      </Switch>
    </div>
  );
}
