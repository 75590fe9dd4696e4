import { EmptyState } from '@rapport/ui/empty-state';
import { type JSX, Match, Show, Switch, createEffect, createMemo, createSignal, onCleanup } from 'solid-js';
import type { WorkspaceClient } from './client.ts';
import { createOpenDocument } from './create-open-document.web.ts';
import { NotOnDevice } from './not-on-device.tsx';
import { PlainTop } from './plain-top.tsx';

/** A document that is there to be shown. */
export interface Opened extends Pick<ReturnType<typeof createOpenDocument>, 'document' | 'doc' | 'latest'> {
  /** Of the record, not of the document. */
  readonly id: string;
}

interface DocumentScreenProps {
  readonly workspace: WorkspaceClient;
  /** Of the record. */
  readonly id: string;
  readonly docNameOf: (id: string) => string;
  /** What it is called: `note`. */
  readonly noun: string;
  /** The page in its final shape, while it is opened. */
  readonly loading: JSX.Element;
  /** What stands here when it cannot be opened; a sentence unless told otherwise. */
  readonly refused?: (() => JSX.Element) | undefined;
  /** That sentence, instead of the reason that the server gave. */
  readonly why?: string;
  /** Drawn once for each id; `opened.id` stays as it is for as long. */
  readonly children: (opened: Opened) => JSX.Element;
}

/** The page of one document: while it is opened, when it is open, and when it cannot be. */
export function DocumentScreen(props: DocumentScreenProps) {
  // What was refused is asked for again when anything is shared anew.
  const [round, setRound] = createSignal(0);
  let isRefused = false;
  // One screen is in one workspace.
  // eslint-disable-next-line solid/reactivity
  onCleanup(props.workspace.onChanged(['access'], () => isRefused && setRound((last) => last + 1)));
  // By value: what else changes around the page (a role, a name) draws nothing anew.
  const mount = createMemo(() => ({ id: props.id, round: round() }), undefined, {
    equals: (a, b) => a.id === b.id && a.round === b.round,
  });
  return (
    <Show when={mount()} keyed>
      {({ id }) => <OpenedDocument {...props} id={id} onRefused={(is) => (isRefused = is)} />}
    </Show>
  );
}

function OpenedDocument(props: DocumentScreenProps & { onRefused: (isRefused: boolean) => void }) {
  // One mount is one document (keyed above), in one workspace.
  /* eslint-disable solid/reactivity */
  const { id } = props;
  const { document, doc, latest, problem, isAway } = createOpenDocument(props.workspace, props.docNameOf(id));
  /* eslint-enable solid/reactivity */
  createEffect(() => props.onRefused(problem() !== undefined));
  return (
    <Switch fallback={props.loading}>
      <Match when={problem()}>
        {(reason) => (
          <Show
            when={props.refused}
            fallback={
              <>
                <PlainTop />
                <div class="page">
                  <EmptyState title={`This ${props.noun} cannot be shown`}>{props.why ?? reason()}</EmptyState>
                </div>
              </>
            }
          >
            {(refused) => refused()()}
          </Show>
        )}
      </Match>
      <Match when={doc() === undefined && isAway()}>
        <NotOnDevice noun={props.noun} />
      </Match>
      <Match when={doc() !== undefined}>{props.children({ id, document, doc, latest })}</Match>
    </Switch>
  );
}
