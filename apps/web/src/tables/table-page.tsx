import { TableScreen } from '@rapport/domain/tables/table-screen.tsx';
import { Button } from '@rapport/ui/button';
import { useNavigate } from '@solidjs/router';
import CopyCheck from 'lucide-solid/icons/copy-check';
import Plus from 'lucide-solid/icons/plus';
import Upload from 'lucide-solid/icons/upload';
import { Show } from 'solid-js';
import { sentenceOf } from '../api/request.ts';
import { rememberList } from '../records/list-came-from.ts';
import { downloadReply } from '../settings/download-reply.ts';
import { lastBoard } from '../workspace/last-board.ts';
import { useAddressSearch } from '../shell/address-search.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { useShell } from '../shell/shell-state.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';

interface Noun {
  readonly plural: string;
  readonly title: string;
  /** What one is called, and the import's noun; deals are made on their board. */
  readonly one?: 'contact' | 'company';
}

/** All contacts. */
export const ContactsPage = () => <TablePage noun={{ plural: 'contacts', title: 'Contacts', one: 'contact' }} />;
/** All companies. */
export const CompaniesPage = () => <TablePage noun={{ plural: 'companies', title: 'Companies', one: 'company' }} />;
/** Leads of all inboxes. */
export const LeadsPage = () => <TablePage noun={{ plural: 'leads', title: 'Leads' }} />;
/** Deals of all pipelines. */
export const DealsPage = () => <TablePage noun={{ plural: 'deals', title: 'Deals' }} />;

function TablePage(props: { noun: Noun }) {
  const workspace = useWorkspace();
  const address = useAddressSearch();
  const navigate = useNavigate();
  const shell = useShell();
  const base = `/w/${workspace.workspaceId}`;
  const isLeads = () => props.noun.plural === 'leads';
  const boardPath = () => `${base}/${isLeads() ? 'leads' : 'b'}`;
  /** A card is made in a stage: on the pipeline that was open last, or in the first inbox. */
  const newCard = () => {
    const all = (isLeads() ? workspace.leadBoards() : workspace.boards()) ?? [];
    const boards = all.filter(({ kind, access }) => kind === props.noun.plural && access !== 'view');
    const board = boards.find(({ id }) => id === lastBoard(workspace.workspaceId)) ?? boards[0];
    navigate(board === undefined ? base : `${boardPath()}/${board.id}?new=deal`);
  };
  const makeNew = () => {
    const { one } = props.noun;
    if (one !== undefined) return { label: `New ${one}`, run: () => shell.openNewRecord(one) };
    return { label: isLeads() ? 'New lead' : 'New deal', run: newCard };
  };
  const download = async (path: string) => {
    try {
      await downloadReply('GET', `/api/v1/w/${workspace.workspaceId}${path}`);
    } catch (error) {
      workspace.toast({ text: `Nothing was exported. ${sentenceOf(error)}`, tone: 'danger' });
    }
  };
  return (
    <>
      <PageTitle title={props.noun.title} workspace={workspace.summary().name} />
      <TableScreen
        workspace={workspace}
        plural={props.noun.plural}
        title={props.noun.title}
        search={address.search()}
        onSearch={address.setSearch}
        hrefOf={({ id, doc }) =>
          props.noun.one === undefined
            ? `${boardPath()}/${doc.replace(/^board\//, '').replace(/~.*$/, '')}?deal=${id}`
            : `${base}/${props.noun.plural}/${id}`
        }
        onOpen={(href, opened) => {
          if (opened !== null && props.noun.one !== undefined)
            rememberList(props.noun.one, { ids: opened.ids, from: opened.from, total: opened.total }, opened.id);
          navigate(href);
        }}
        onDownload={(path) => void download(path)}
        onEditing={shell.tellCell}
        onNew={makeNew()}
        {...(props.noun.one === undefined
          ? {}
          : {
              onMerge: (ids: readonly string[]) =>
                navigate(`${base}/merge?noun=${props.noun.one ?? ''}&ids=${ids.join(',')}`),
            })}
        actions={
          <Show when={workspace.me.role !== 'viewer'}>
            <Show when={props.noun.one}>
              {(one) => (
                <>
                  <Button icon={CopyCheck} variant="ghost" onClick={() => navigate(`${base}/duplicates?noun=${one()}`)}>
                    Duplicates
                  </Button>
                  <Button icon={Upload} onClick={() => navigate(`${base}/import?noun=${props.noun.plural}`)}>
                    Import
                  </Button>
                </>
              )}
            </Show>
            <Button variant="primary" icon={Plus} onClick={() => makeNew().run()}>
              {makeNew().label}
            </Button>
          </Show>
        }
      />
    </>
  );
}
