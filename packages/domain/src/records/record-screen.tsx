import './records.css';
import { SkeletonRows } from '@rapport/ui/skeleton';
import type { JSX } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { DocumentScreen } from '../document-screen.tsx';
import { PlainTop } from '../plain-top.tsx';
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
    <DocumentScreen
      workspace={props.workspace}
      id={props.recordId}
      docNameOf={(id) => documentOf(props.type, id)}
      noun={props.type.noun}
      loading={<Loading />}
      refused={props.refused}
    >
      {(opened) => <RecordPage {...props} recordId={opened.id} document={opened.document} doc={opened.latest} />}
    </DocumentScreen>
  );
}

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
