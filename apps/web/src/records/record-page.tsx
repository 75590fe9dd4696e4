import { companyType } from '@rapport/domain/companies/schema';
import { contactType } from '@rapport/domain/contacts/schema';
import { RecordScreen } from '@rapport/domain/records/record-screen.tsx';
import type { RecordType } from '@rapport/domain/records/record-type';
import { useNavigate, useParams } from '@solidjs/router';
import { Show, createSignal } from 'solid-js';
import { LateShareDialog } from '../access/late-share-dialog.tsx';
import { PageTitle } from '../shell/page-title.tsx';
import { DocumentsOf } from './documents-of.tsx';
import { NoRecord } from './no-record.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { neighboursOf } from './list-came-from.ts';

/** A contact's page. */
export const ContactPage = () => <RecordPage type={contactType} />;
/** A company's page. */
export const CompanyPage = () => <RecordPage type={companyType} />;

function RecordPage(props: { type: RecordType }) {
  const params = useParams<{ id: string }>();
  const navigate = useNavigate();
  const workspace = useWorkspace();
  const base = `/w/${workspace.workspaceId}`;
  const [isSharing, setSharing] = createSignal(false);
  const [name, setName] = createSignal('');
  const hrefOf = (noun: 'contact' | 'company' | 'deal' | 'note', id: string, parent?: string): string => {
    if (noun === 'deal') return `${base}/b/${parent ?? ''}?deal=${id}`;
    if (noun === 'note') return `${base}/n/${id}`;
    return `${base}/${noun === 'contact' ? 'contacts' : 'companies'}/${id}`;
  };
  const neighbours = () => neighboursOf(props.type.noun, params.id);
  return (
    <>
      <PageTitle title={name() === '' ? 'Record' : name()} workspace={workspace.summary().name} />
      <RecordScreen
        workspace={workspace}
        type={props.type}
        recordId={params.id}
        links={{
          hrefOf,
          list: `${base}/${props.type.plural}`,
          dealBoard: () => workspace.boards()?.find(({ kind }) => kind === 'deals')?.id,
          go: (href, replace = false) => navigate(href, { replace }),
        }}
        {...((found) => (found === null ? {} : { neighbours: found }))(neighbours())}
        documents={(mayEdit) => (
          <DocumentsOf
            record={{ noun: props.type.noun === 'company' ? 'company' : 'contact', id: params.id, name: name() }}
            mayEdit={mayEdit}
          />
        )}
        onShare={() => setSharing(true)}
        onName={setName}
        refused={() => <NoRecord noun={props.type.noun} />}
      />
      <Show when={isSharing()}>
        <LateShareDialog id={params.id} name={name()} onClose={() => setSharing(false)} />
      </Show>
    </>
  );
}
