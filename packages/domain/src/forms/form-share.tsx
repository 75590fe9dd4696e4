import Copy from 'lucide-solid/icons/copy';
import ExternalLink from 'lucide-solid/icons/external-link';
import { Button } from '@rapport/ui/button';
import { Switch } from '@rapport/ui/switch';
import { For, Show, createUniqueId } from 'solid-js';
import { copyText } from '../records/copy-text.web.ts';
import type { OpenForm } from './create-form.web.ts';
import { FormOrigins } from './form-origins.tsx';
import { html } from './markup.ts';
import { changeForm } from './ops.ts';

/** Switches the form on and gives it away: its address, and what to put into a web page. */
export function FormShare(props: { open: OpenForm }) {
  // One mount is one form, in one workspace.
  // eslint-disable-next-line solid/reactivity
  const { workspace } = props.open;
  const form = () => props.open.form();
  const url = () => props.open.facts()?.url ?? '';
  const scriptTag = () => html`<script async src="${url()}/embed.js" data-title="${form().name}"></script>`.text;
  const frameTag = () =>
    html`<iframe src="${url()}" title="${form().name}" style="width:100%;height:600px;border:0"></iframe>`.text;
  const tryIt = async () => {
    // Opened at once: later, browsers take it for an advertisement.
    const tab = window.open('about:blank');
    try {
      const { url: testUrl } = await workspace.api<{ url: string }>('POST', `/forms/${props.open.id}/test-link`, {});
      if (tab === null) workspace.toast({ text: 'Your browser kept the page from opening.', tone: 'danger' });
      else tab.location.href = testUrl;
    } catch (error) {
      tab?.close();
      workspace.toast({
        text: `It cannot be tried now. ${error instanceof Error ? error.message : ''}`,
        tone: 'danger',
      });
    }
  };
  const activate = (active: boolean) =>
    props.open.perform(changeForm({ active }), active ? 'Switched the form on' : 'Switched the form off');
  return (
    <div class="form-settings">
      <Switch checked={form().isActive} disabled={props.open.lockReason() !== undefined} onChange={activate}>
        Takes answers
      </Switch>
      <p class="hint">
        {form().isActive
          ? 'Anybody with the address can fill it in.'
          : 'Its page says that the form is not available. Try it first: a test makes no lead.'}
      </p>
      <Show when={props.open.problems().length > 0}>
        <ul class="form-problems" role="alert">
          <For each={props.open.problems()}>{(problem) => <li>{problem}</li>}</For>
        </ul>
      </Show>
      <div class="row">
        <Button icon={ExternalLink} disabledReason={props.open.lockReason()} onClick={() => void tryIt()}>
          Try it
        </Button>
      </div>
      <CopyLine label="Address" text={url()} onCopy={() => void copyText(workspace, url(), 'Address copied')} />
      <h3>In your own pages</h3>
      <FormOrigins open={props.open} />
      <CopyLine
        label="Script: hands over where visitors came from, and fits its height"
        text={scriptTag()}
        isCode
        onCopy={() => void copyText(workspace, scriptTag(), 'Script copied')}
      />
      <CopyLine
        label="Frame: without any script"
        text={frameTag()}
        isCode
        onCopy={() => void copyText(workspace, frameTag(), 'Frame copied')}
      />
    </div>
  );
}

function CopyLine(props: { label: string; text: string; isCode?: boolean; onCopy: () => void }) {
  const id = createUniqueId();
  return (
    <div class="field">
      <label class="flabel" for={id}>
        {props.label}
      </label>
      <div class="form-copy">
        <div class={`input grow${props.isCode === true ? ' multi form-code' : ''}`}>
          <Show
            when={props.isCode === true}
            fallback={<input id={id} readonly value={props.text} onFocus={(event) => event.currentTarget.select()} />}
          >
            <textarea
              id={id}
              readonly
              rows={3}
              dir="ltr"
              spellcheck={false}
              value={props.text}
              onFocus={(event) => event.currentTarget.select()}
            />
          </Show>
        </div>
        <Button icon={Copy} onClick={() => props.onCopy()}>
          Copy
        </Button>
      </div>
    </div>
  );
}
