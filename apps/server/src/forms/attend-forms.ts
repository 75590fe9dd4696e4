import type { Attended } from '../workspaces/workspace-host.ts';

const everyMs = 3_600_000;

/** Deletes what was sent and never confirmed once its time is over, with its mail. Answers how to end it. */
export function attendForms(options: {
  workspace: Pick<Attended, 'forms' | 'mail'>;
  now: () => number;
  onProblem: (error: unknown) => void;
}): () => void {
  const { workspace, now, onProblem } = options;
  const purge = (): void => {
    try {
      for (const id of workspace.forms.purge(now())) workspace.mail.dropAbout(id);
    } catch (error) {
      onProblem(error);
    }
  };
  purge();
  const timer = setInterval(purge, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
