import { err, ok, type Result } from '@rapport/doc/result';
import { makeIds } from '@rapport/doc/ids';
import { stagesOf } from '@rapport/domain/boards/board';
import { takeLead } from '@rapport/domain/leads/intake.node';
import type { Services } from '../services.ts';
import type { OpenWorkspace } from '../workspaces/workspace-host.ts';

/** What somebody agreed to, with how it can be shown later. */
export interface ConsentGiven {
  readonly purpose: string;
  readonly at: number;
  readonly proof: string;
}

/**
 * The id that the lead of these answers has. It follows from them alone (`once`), so that a server that stopped between
 * making the lead and noting it makes no second one.
 */
export function leadIdOf(once: string, pageAt: number): string {
  const bytes = Buffer.from(once, 'base64url');
  let next = 0;
  return makeIds({ now: () => pageAt, random: () => (bytes[next++ % bytes.length] ?? 0) / 256 })();
}

/** Makes a lead of a form's answers, in the product's own name. An error says why there is none. */
export async function makeLead(
  services: Pick<Services, 'now'>,
  workspace: OpenWorkspace,
  lead: {
    readonly id: string;
    readonly board: string;
    readonly form: { readonly id: string; readonly name: string };
    readonly values: Readonly<Record<string, unknown>>;
    readonly consents: readonly ConsentGiven[];
  },
): Promise<Result<{ readonly id: string }, string>> {
  const { id, board, form, values, consents } = lead;
  if (workspace.query.get('SELECT 1 FROM leads WHERE id = ?', [id]) !== undefined) return ok({ id });
  const consent = Object.fromEntries(
    consents.map(({ purpose, at, proof }) => [
      purpose,
      { state: 'granted', source: `Form: ${form.name}`, at, proof: proof.slice(0, 2000) },
    ]),
  );
  try {
    const take = (stage?: string) =>
      takeLead(
        workspace,
        { board, stage, values: { ...values, form: form.id }, consent, author: { actor: 'server', via: 'server' } },
        { now: services.now(), newId: () => id },
      );
    let taken = await take();
    // The first status may ask for what the form does not. A stranger cannot help that: the next that takes it, has it.
    if (!taken.ok && taken.error.code === 'fields-needed') {
      const stages = await workspace.hub.read(`board/${board}`, stagesOf);
      for (const stage of stages.filter(({ kind }) => kind === 'open')) if (!taken.ok) taken = await take(stage.id);
    }
    return taken.ok ? ok({ id: taken.value.id }) : err(taken.error.message);
  } catch (error) {
    // The store refused it: the page says so and keeps what was typed.
    return err(error instanceof Error ? error.message : String(error));
  }
}
