import { SkeletonRows } from '@rapport/ui/skeleton';
import { For, Show } from 'solid-js';
import { FormProblem } from '../screens/form-problem.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { BackupAndExport } from './backup-and-export.tsx';
import { createHealth, type Health as HealthReply } from './create-health.ts';
import { OddValues } from './odd-values.tsx';
import { readableBytes } from '@rapport/ui/logic/readable-bytes';
import { Section } from './section.tsx';

const whole = new Intl.NumberFormat();
const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const ms = (value: number | null) => (value === null ? '–' : `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`);

/** How the workspace is doing, live; its backup and export; what in it could not be read as it stands. */
export function Health() {
  const workspace = useWorkspace();
  const { health, problem, refresh } = createHealth(() => workspace.api('GET', '/health'));
  return (
    <>
      <Section title="Health" lead="As it is now. It is read again every three seconds.">
        <FormProblem text={problem()} />
        <Show
          when={health()}
          fallback={
            <Show when={problem() === undefined}>
              <SkeletonRows label="Loading health" />
            </Show>
          }
        >
          {(now) => <Figures health={now()} />}
        </Show>
      </Section>
      <BackupAndExport last={health()?.lastBackup} onMade={() => void refresh()} />
      <OddValues count={health()?.dataQuality} />
    </>
  );
}

/** What is wrong with sending e-mail, in one sentence. */
function mailProblem({ isOn, waiting, failing, dead, lastProblem }: HealthReply['mail']): string | undefined {
  if (!isOn && waiting > 0) return 'E-mails wait that this server cannot send: SMTP_URL is not set.';
  if (failing + dead === 0) return undefined;
  const said = lastProblem === null ? '' : ` The mail server says: ${lastProblem}`;
  return `E-mails are not being sent: ${whole.format(failing)} are tried again, ${whole.format(dead)} were given up.${said}`;
}

function Figures(props: { health: HealthReply }) {
  const lines = (): readonly (readonly [string, string, string])[] => {
    const { documents, sockets, commits, sizes, memoryBytes, startedAt, version, mail } = props.health;
    return [
      ['Documents in use', whole.format(documents), `${whole.format(sizes.documents)} in all`],
      ['Connections', whole.format(sockets), 'one for each document that somebody has open'],
      ['Saving takes', ms(commits.p50Ms), `99 of 100 within ${ms(commits.p99Ms)}, of the last thousand`],
      ['Waiting to be saved', whole.format(commits.waiting), `${whole.format(commits.count)} saved since the start`],
      ['File', readableBytes(sizes.fileBytes), `and ${readableBytes(sizes.walBytes)} that will be folded into it`],
      ['History', readableBytes(sizes.logBytes), `${whole.format(sizes.logRows)} changes`],
      ['Snapshots', readableBytes(sizes.snapshotBytes), 'they make opening fast'],
      [
        'E-mails waiting',
        whole.format(mail.waiting),
        mail.isOn ? `${whole.format(mail.dead)} given up lately` : 'this server sends none: SMTP_URL is not set',
      ],
      ['Memory', readableBytes(memoryBytes), 'the whole server'],
      ['Running since', time.format(startedAt), `version ${version}`],
    ];
  };
  return (
    <>
      <FormProblem
        text={
          props.health.lastCommitError === null
            ? undefined
            : `Changes are not being saved: ${props.health.lastCommitError}`
        }
      />
      <FormProblem
        text={
          props.health.damaged.length === 0
            ? undefined
            : `Damaged and for reading only: ${props.health.damaged.join(', ')}. Restore a backup.`
        }
      />
      <FormProblem text={mailProblem(props.health.mail)} />
      <div class="set-scroll" tabindex="0" role="region" aria-label="Figures">
        <table class="tbl set-health">
          <thead>
            <tr>
              <th>What</th>
              <th class="r">Now</th>
              <th>More</th>
            </tr>
          </thead>
          <tbody>
            <For each={lines()}>
              {([what, now, more]) => (
                <tr>
                  <td>{what}</td>
                  <td class="r num">{now}</td>
                  <td class="t2">{more}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </>
  );
}
