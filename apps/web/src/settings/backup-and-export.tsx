import { Button } from '@rapport/ui/button';
import { Icon } from '@rapport/ui/icon';
import Download from 'lucide-solid/icons/download';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import { Show, createSignal } from 'solid-js';
import { chooseFiles } from '@rapport/domain/files/choose-files.web';
import { FormProblem } from '../screens/form-problem.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import type { Health } from './create-health.ts';
import { createTask } from './create-task.ts';
import { downloadReply } from './download-reply.ts';
import { readableBytes } from '@rapport/ui/logic/readable-bytes';
import { RestoreDialog } from './restore-dialog.tsx';
import { Section } from './section.tsx';

const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Ways to take everything home, and to bring it back. */
export function BackupAndExport(props: { last: Health['lastBackup'] | undefined; onMade: () => void }) {
  const workspace = useWorkspace();
  const { run, problem, isBusy } = createTask();
  const [chosen, setChosen] = createSignal<File>();
  const base = `/api/v1/w/${workspace.workspaceId}`;
  const backUp = async () => {
    if (isBusy()) return;
    let lacking = 0;
    const make = async () => {
      const headers = await downloadReply('POST', `${base}/backups`);
      lacking = Number(headers.get('rapport-lacking-files') ?? 0);
    };
    if (!(await run(make))) return;
    workspace.toast(
      lacking === 0
        ? { text: 'Backup made, checked and sent to your downloads' }
        : {
            text: `Backup made without the contents of ${lacking} ${lacking === 1 ? 'file' : 'files'}, which are missing or damaged on the server. An earlier backup may have them.`,
            tone: 'danger',
          },
    );
    props.onMade();
  };
  const last = () => {
    if (props.last === undefined) return '';
    if (props.last === null) return 'There is none yet.';
    const { at, bytes, madeBy } = props.last;
    const who =
      madeBy === null ? 'by the server’s administrator' : `by ${workspace.members().get(madeBy)?.name ?? '–'}`;
    return `The last one: ${time.format(at)}, ${readableBytes(bytes)}, ${who}.`;
  };
  return (
    <Section title="Backup and export">
      <FormProblem text={problem()} />
      <div class="set-lines">
        <div class="row">
          <div class="grow">
            <b class="semi">Backup</b>
            <p class="t2 small">
              One file that puts everything back as it is now, files included. It is made while everybody works on, and
              checked. {last()}
            </p>
          </div>
          <Button icon={Download} busy={isBusy()} onClick={() => void backUp()}>
            Download a backup
          </Button>
        </div>
        <div class="row">
          <div class="grow">
            <b class="semi">Restore</b>
            <p class="t2 small">Puts a backup of this workspace back. It is examined before anything is touched.</p>
          </div>
          <Button icon={RotateCcw} onClick={() => chooseFiles(([file]) => setChosen(file), { many: false })}>
            Restore a backup
          </Button>
        </div>
        <div class="row">
          <div class="grow">
            <b class="semi">Export</b>
            <p class="t2 small">
              Everything as a ZIP for other programs: deals as CSV, tables as JSON, the whole history. Another
              installation of Rapport can take it in.
            </p>
          </div>
          <a class="btn" href={`${base}/export`} download="">
            <Icon of={Download} />
            Export everything
          </a>
        </div>
      </div>
      <Show when={chosen()} keyed>
        {(file) => (
          <RestoreDialog
            file={file}
            onClose={() => setChosen(undefined)}
            onDone={() => {
              setChosen(undefined);
              props.onMade();
            }}
          />
        )}
      </Show>
    </Section>
  );
}
