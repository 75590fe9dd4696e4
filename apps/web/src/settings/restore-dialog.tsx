import { Dialog } from '@rapport/ui/dialog';
import { readableBytes } from '@rapport/ui/logic/readable-bytes';
import { failureOf } from '../api/request.ts';
import { FormProblem } from '../screens/form-problem.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { createTask } from './create-task.ts';

const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

interface Restored {
  readonly madeAt: number;
  readonly keptIn: string | null;
}

/** Hands a backup in. It cannot be undone from here, so it says first what happens and where the old state is kept. */
export function RestoreDialog(props: { file: File; onClose: () => void; onDone: () => void }) {
  const workspace = useWorkspace();
  const { run, problem, isBusy } = createTask();
  const restore = async () => {
    if (isBusy()) return;
    const send = async () => {
      const path = `/api/v1/w/${workspace.workspaceId}/restorations`;
      const headers = { 'content-type': 'application/vnd.sqlite3' };
      const reply = await fetch(path, { method: 'POST', headers, body: props.file }).catch(() => undefined);
      const content: unknown = await reply?.json().catch(() => undefined);
      if (reply === undefined || !reply.ok) throw failureOf(reply?.status ?? 502, content);
      const { madeAt, keptIn } = content as Restored;
      const kept = keptIn === null ? '' : ` What was there before is kept on the server in ${keptIn}.`;
      workspace.toast({ text: `Everything is as it was on ${time.format(madeAt)}.${kept}` });
    };
    if (await run(send)) props.onDone();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title="Go back to a backup"
      action={{ label: 'Go back to it', run: () => void restore(), busy: isBusy(), isDangerous: true }}
    >
      <FormProblem text={problem()} />
      <p class="truncate">
        <b class="semi" dir="auto">
          {props.file.name}
        </b>{' '}
        <span class="t2">{readableBytes(props.file.size)}</span>
      </p>
      <p>
        Everything in this workspace becomes what it was when this backup was made, for everybody. People are
        disconnected for a moment. What was changed since is kept on the server, and whoever has some of it on a device
        is shown it. Accounts and members stay as they are.
      </p>
    </Dialog>
  );
}
