import './forms.css';
import { AvatarStack } from '@rapport/ui/avatar';
import { Button } from '@rapport/ui/button';
import { Label } from '@rapport/ui/label';
import { ShellSave, ShellSearch } from '@rapport/ui/shell-slots';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { type Tab, Tabs } from '@rapport/ui/tabs';
import type { FieldSpecs } from '@rapport/schema/fields';
import { type Accessor, type JSX, Match, Show, Switch, createEffect, createSignal } from 'solid-js';
import type * as Y from 'yjs';
import type { OpenDocument, WorkspaceClient } from '../client.ts';
import { DocumentScreen } from '../document-screen.tsx';
import { PlainTop } from '../plain-top.tsx';
import { createOpenForm } from './create-form.web.ts';
import { formDoc } from './form.ts';
import { FormFields } from './form-fields.tsx';
import { FormPreview } from './form-preview.tsx';
import { FormSettings } from './form-settings.tsx';
import { FormShare } from './form-share.tsx';
import { FormSubmissions } from './form-submissions.tsx';
import { changeForm } from './ops.ts';

export interface FormScreenProps {
  readonly workspace: WorkspaceClient;
  readonly formId: string;
  /** The fields of a lead, which forms fill. */
  readonly leadFields: FieldSpecs;
  readonly listHref: string;
  readonly leadHref: (board: string, lead: string) => string;
  readonly onName?: (name: string) => void;
  readonly refused?: () => JSX.Element;
}

type Part = 'fields' | 'settings' | 'share' | 'sent' | 'preview';

/** One public form, built live by several people. */
export function FormScreen(props: FormScreenProps) {
  return (
    <DocumentScreen
      workspace={props.workspace}
      id={props.formId}
      docNameOf={formDoc}
      noun="form"
      loading={<Loading />}
      refused={props.refused}
    >
      {(opened) => <FormPage {...props} formId={opened.id} document={opened.document} doc={opened.latest} />}
    </DocumentScreen>
  );
}

const Loading = () => (
  <>
    <PlainTop />
    <div class="page">
      <div class="late">
        <SkeletonRows count={8} />
      </div>
    </div>
  </>
);

function FormPage(props: FormScreenProps & { document: OpenDocument; doc: Accessor<Y.Doc> }) {
  // One mount is one form.
  /* eslint-disable solid/reactivity */
  const open = createOpenForm(
    props.workspace,
    props.formId,
    { document: props.document, doc: props.doc },
    props.leadFields,
  );
  /* eslint-enable solid/reactivity */
  const [part, setPart] = createSignal<Part>('fields');
  createEffect(() => props.onName?.(open.form().name));
  const tabs = (): readonly Tab<Part>[] => [
    { id: 'fields', label: 'Fields', count: open.form().fields.length },
    { id: 'settings', label: 'Settings' },
    { id: 'share', label: 'Publish' },
    { id: 'sent', label: 'Answers' },
  ];
  const phoneTabs = (): readonly Tab<Part>[] => [...tabs(), { id: 'preview', label: 'Preview' }];
  return (
    <>
      <header class="top">
        <span class="crumb ellip">
          <a href={props.listHref}>Forms</a>
          <span>/</span>
          <b class="ellip" dir="auto">
            {open.form().name}
          </b>
        </span>
        <Label tone={open.form().isActive ? 'success' : undefined}>{open.form().isActive ? 'On' : 'Off'}</Label>
        <span class="grow" />
        <ShellSave />
        <Show when={open.here().length > 0}>
          <AvatarStack people={open.here()} max={4} />
        </Show>
        <ShellSearch />
      </header>
      <Show when={open.form().deletedAt !== null}>
        <div class="banner" role="status">
          <span class="grow">This form is deleted. Its leads stay.</span>
          <Button size="sm" onClick={() => open.perform(changeForm({ deletedAt: null }), 'Restored the form')}>
            Restore
          </Button>
        </div>
      </Show>
      <div class={`form-cols shows-${part()}`}>
        <section class="form-build" aria-label="Build the form">
          <div class="wide-only">
            <Tabs
              label="Form"
              variant="underline"
              tabs={tabs()}
              value={part() === 'preview' ? 'fields' : part()}
              onChange={setPart}
            />
          </div>
          <div class="phone-only">
            <Tabs label="Form" variant="underline" tabs={phoneTabs()} value={part()} onChange={setPart} />
          </div>
          <div class="form-part">
            <Switch fallback={<FormFields open={open} />}>
              <Match when={part() === 'settings'}>
                <FormSettings open={open} />
              </Match>
              <Match when={part() === 'share'}>
                <FormShare open={open} />
              </Match>
              <Match when={part() === 'sent'}>
                <FormSubmissions open={open} leadHref={(board, lead) => props.leadHref(board, lead)} />
              </Match>
            </Switch>
          </div>
        </section>
        <section class="form-look" aria-label="Preview">
          <FormPreview open={open} />
        </section>
      </div>
    </>
  );
}
