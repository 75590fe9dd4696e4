import { createEffect, createMemo } from 'solid-js';
import type { OpenForm } from './create-form.web.ts';
import { formPage } from './page.ts';

/** The page as strangers see it, drawn by the same code as the server's. It runs nothing and sends nothing. */
export function FormPreview(props: { open: OpenForm }) {
  let frame: HTMLIFrameElement | undefined;
  let scrolledTo = 0;
  const page = createMemo(() =>
    formPage(props.open.form(), props.open.questions(), {
      action: '#',
      typed: {},
      errors: {},
      notice: null,
      hidden: {},
      host: null,
      isFramed: false,
      isTest: false,
    }),
  );
  createEffect(() => {
    if (frame === undefined) return;
    // Whoever looks at the lower end of a long form stays there while somebody types.
    scrolledTo = frame.contentWindow?.scrollY ?? 0;
    frame.srcdoc = page();
  });
  return (
    <iframe
      ref={(made) => (frame = made)}
      class="form-preview"
      title="Preview of the form"
      // Our own style sheet is loaded; scripts and sending are not allowed.
      sandbox="allow-same-origin"
      onLoad={() => frame?.contentWindow?.scrollTo(0, scrolledTo)}
    />
  );
}
