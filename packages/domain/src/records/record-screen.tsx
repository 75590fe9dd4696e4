import './records.css';
import { EmptyState } from '@rapport/ui/empty-state';
import { ShellTop } from '@rapport/ui/shell-slots';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { type JSX, Match, Show, Switch } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { createOpenDocument } from '../create-open-document.web.ts';
import { NotOnDevice } from '../not-on-device.tsx';
import { RecordPage } from './record-page.tsx';
import { documentOf, type RecordType } from './record-type.ts';

/** Where other records are, as the app knows it. */
export interface RecordLinks {
  hrefOf(noun: 'contact' | 'company' | 'deal' | 'note', id: string, parent?: string): string;
  /** The list of this noun. */
  readonly list: string;
  /** Id of the pipeline that a new deal goes to. */
  dealBoard(): string | undefined;
  /** `replace`: the page that one leaves is not gone back to. */
  go(href: string, replace?: boolean): void;
}

export interface RecordScreenProps {
  readonly workspace: WorkspaceClient;
  readonly type: RecordType;
  readonly recordId: string;
  readonly links: RecordLinks;
  /** The list that one came from: the ids beside this one, and where it stands. */
  readonly neighbours?: {
    readonly at: number;
    readonly total: number;
    readonly previous?: string;
    readonly next?: string;
  };
  readonly onShare?: () => void;
  /** Notes and files of the record, which other nouns keep; left out, its notes are only listed. */
  readonly documents?: ((mayEdit: boolean) => JSX.Element) | undefined;
  /** What stands here when it cannot be opened. */
  readonly refused?: () => JSX.Element;
  readonly onName?: (name: string) => void;
}

/** The page of one contact or company, live. */
export function RecordScreen(props: RecordScreenProps) {
  return (
    <Show when={props.recordId} keyed>
      {(id) => <OpenedRecord {...props} recordId={id} />}
    </Show>
  );
}

function OpenedRecord(props: RecordScreenProps) {
  // One mount is one record (keyed above), in one workspace.
  /* eslint-disable solid/reactivity */
  const { workspace, type, recordId } = props;
  /* eslint-enable solid/reactivity */
  const { document, doc, latest, problem, isAway } = createOpenDocument(workspace, documentOf(type, recordId));
  const isOpen = () => doc() !== undefined;
  return (
    <Switch fallback={<Loading />}>
      <Match when={problem()}>
        {(text) => (
          <Show
            when={props.refused}
            fallback={
              <>
                <PlainTop />
                <div class="page">
                  <EmptyState title="This cannot be shown">{text()}</EmptyState>
                </div>
              </>
            }
          >
            {(refused) => refused()()}
          </Show>
        )}
      </Match>
      <Match when={!isOpen() && isAway()}>
        <NotOnDevice noun={type.noun} />
      </Match>
      <Match when={isOpen()}>
        <RecordPage {...props} document={document} doc={latest} />
      </Match>
    </Switch>
  );
}

const PlainTop = () => (
  <header class="top">
    <span class="grow" />
    <ShellTop />
  </header>
);

/** The page in its final shape, after 150 ms. */
function Loading() {
  return (
    <>
      <PlainTop />
      <div class="record-head late" aria-busy="true">
        <span class="sk" style={{ width: '40px', height: '40px', 'border-radius': '50%' }} />
        <div class="grow">
          <div class="sk" style={{ width: '180px', height: '20px' }} />
        </div>
      </div>
      <div class="record-cols">
        <div>
          <SkeletonRows count={8} />
        </div>
        <div />
        <div />
      </div>
    </>
  );
}
