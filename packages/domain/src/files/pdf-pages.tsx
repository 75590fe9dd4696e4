import { For, Show, createResource, onCleanup, onMount } from 'solid-js';
import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist';
// The build gives the address of the file.
// oxlint-disable-next-line import/default
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import type { JSX } from 'solid-js';

/** More than this nobody reads in a preview. */
const mostPages = 20;
/** CSS pixels. */
const pageWidth = 680;

/** The first pages of a PDF as pictures: its scripts, forms, links and attachments are never looked at. */
export function PdfPages(props: { url: string; name: string; failed: () => JSX.Element }) {
  GlobalWorkerOptions.workerSrc = workerUrl;
  const [pages] = createResource(
    () => props.url,
    async (url): Promise<readonly PDFPageProxy[]> => {
      const loading = getDocument({ url, enableXfa: false, stopAtErrors: true });
      onCleanup(() => void loading.destroy());
      const document: PDFDocumentProxy = await loading.promise;
      const count = Math.min(document.numPages, mostPages);
      return await Promise.all(Array.from({ length: count }, (_, index) => document.getPage(index + 1)));
    },
  );
  return (
    <Show when={pages.error === undefined} fallback={props.failed()}>
      <div class="file-pages" tabindex="0" role="group" aria-label={`Pages of ${props.name}`} aria-busy={pages.loading}>
        <For each={pages()}>{(page, index) => <PdfPage page={page} number={index() + 1} />}</For>
      </div>
    </Show>
  );
}

function PdfPage(props: { page: PDFPageProxy; number: number }) {
  let canvas: HTMLCanvasElement | undefined;
  onMount(() => {
    if (canvas === undefined) return;
    const natural = props.page.getViewport({ scale: 1 });
    const scale = (pageWidth / Math.max(1, natural.width)) * Math.min(2, devicePixelRatio);
    const viewport = props.page.getViewport({ scale });
    canvas.width = Math.min(4000, Math.ceil(viewport.width));
    canvas.height = Math.min(8000, Math.ceil(viewport.height));
    canvas.style.width = `${pageWidth}px`;
    const drawing = props.page.render({ canvas, viewport, annotationMode: 0 });
    // Left before it was drawn.
    drawing.promise.catch(() => undefined);
    onCleanup(() => drawing.cancel());
  });
  return <canvas ref={(made) => (canvas = made)} role="img" aria-label={`Page ${props.number}`} />;
}
