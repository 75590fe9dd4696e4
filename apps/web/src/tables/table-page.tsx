import { TableScreen } from '@rapport/domain/tables/table-screen.tsx';
import { Button } from '@rapport/ui/button';
import { Dialog } from '@rapport/ui/dialog';
import { TextField } from '@rapport/ui/text-field';
import { useLocation, useNavigate } from '@solidjs/router';
import Plus from 'lucide-solid/icons/plus';
import Upload from 'lucide-solid/icons/upload';
import { Show, createSignal } from 'solid-js';
import { sentenceOf } from '../api/request.ts';
import { rememberList } from '../records/list-came-from.ts';
import { downloadReply } from '../settings/download-reply.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';

interface Noun {
  readonly plural: string;
  readonly title: string;
  /** What one is called, and the import's noun; deals are made on their board. */
  readonly one?: string;
}

/** All contacts. */
export const ContactsPage = () => <TablePage noun={{ plural: 'contacts', title: 'Contacts', one: 'contact' }} />;
/** All companies. */
export const CompaniesPage = () => <TablePage noun={{ plural: 'companies', title: 'Companies', one: 'company' }} />;
/** Deals of all pipelines. */
export const DealsPage = () => <TablePage noun={{ plural: 'deals', title: 'Deals' }} />;

function TablePage(props: { noun: Noun }) {
  const workspace = useWorkspace();
  const location = useLocation();
  const navigate = useNavigate();
  const base = `/w/${workspace.workspaceId}`;
  const [name, setName] = createSignal<string>();
  const [problem, setProblem] = createSignal<string>();
  const create = async () => {
    const given = name()?.trim() ?? '';
    if (given === '') {
      setProblem('Type a name.');
      return;
    }
    try {
      const made = await workspace.api<{ id: string }>('POST', `/${props.noun.plural}`, { name: given });
      navigate(`${base}/${props.noun.plural}/${made.id}`);
    } catch (error) {
      setProblem(sentenceOf(error));
    }
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
        search={location.search}
        onSearch={(search, how) =>
          navigate(`${location.pathname}${search === '' ? '' : `?${search}`}`, {
            replace: how === 'replace',
            scroll: false,
          })
        }
        hrefOf={({ id, doc }) =>
          props.noun.plural === 'deals'
            ? `${base}/b/${doc.replace(/^board\//, '').replace(/~.*$/, '')}?deal=${id}`
            : `${base}/${props.noun.plural}/${id}`
        }
        onOpen={(href, opened) => {
          if (opened !== null && props.noun.one !== undefined)
            rememberList(props.noun.one, { ids: opened.ids, from: opened.from, total: opened.total }, opened.id);
          navigate(href);
        }}
        onDownload={(path) => void download(path)}
        actions={
          <Show when={workspace.me.role !== 'viewer' && props.noun.one}>
            {(one) => (
              <>
                <Button icon={Upload} onClick={() => navigate(`${base}/import?noun=${one()}`)}>
                  Import
                </Button>
                <Button variant="primary" icon={Plus} onClick={() => setName('')}>
                  New {one()}
                </Button>
              </>
            )}
          </Show>
        }
      />
      <Dialog
        open={name() !== undefined}
        onClose={() => setName(undefined)}
        title={`New ${props.noun.one ?? ''}`}
        onSubmit={() => void create()}
        footer={
          <Button variant="primary" onClick={() => void create()}>
            Add
          </Button>
        }
      >
        <TextField
          label="Name"
          value={name() ?? ''}
          error={problem()}
          autofocus
          onInput={(text) => {
            setName(text);
            setProblem(undefined);
          }}
        />
      </Dialog>
    </>
  );
}
