import type { Json } from '@rapport/doc/json';
import { applyPatch, type RecordWrite } from '@rapport/doc/patch';
import { err, ok, type Result } from '@rapport/doc/result';
import type { Author } from '@rapport/sync/server/ports';
import { cardsRoot, laneOf, stagesOf } from '../boards/board.ts';
import { customFieldsIn } from '../boards/custom-fields.node.ts';
import type { OpError } from '../boards/ops.ts';
import type { Documents } from '../http/workspace-context.node.ts';
import { readConsent } from '../records/read-record.ts';
import { assignLead } from './assigner.node.ts';
import { leadOps } from './ops.ts';
import { consentKey } from './schema.ts';
import { titleOfLead } from './title.ts';

/** Where a lead is taken in: a workspace as whoever takes it may write it. */
export interface LeadTarget {
  readonly id: string;
  readonly hub: Pick<Documents, 'transact' | 'read'>;
}

export interface LeadIntake {
  /** Id of a leads board; whoever calls has checked that it is one and may be written. */
  readonly board: string;
  /** Field values by key; `title` is made of name and company, or e-mail, when it is left out. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Purpose → what is known of the consent, as records have it. */
  readonly consent?: Readonly<Record<string, unknown>>;
  readonly author: Author;
  /** Without it the first open status, at the top. */
  readonly stage?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

export interface LeadTaken {
  readonly id: string;
  readonly board: string;
  readonly owner: string | null;
  /** One sentence of why it is theirs; null when no rule decided. */
  readonly why: string | null;
}

const purposesAtMost = 30;
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** The consents as writes to a card, or which purpose cannot be read. */
function consentOf(given: Readonly<Record<string, unknown>>): Result<Record<string, Json>, OpError> {
  const set: Record<string, Json> = {};
  const entries = Object.entries(given);
  for (const [purpose, raw] of entries) {
    const consent = readConsent(raw);
    if (consent === null || purpose === '' || purpose.length > 60 || entries.length > purposesAtMost)
      return err({
        code: 'invalid-value',
        message: `Not saved. The consent for “${purpose.slice(0, 60)}” cannot be read.`,
        fields: { consent: 'must be purpose → {state, at, source, proof}' },
      });
    set[consentKey(purpose)] = { ...consent };
  }
  return ok(set);
}

/**
 * Takes a lead in: checks it, adds it to its board in one commit, and has the board's rules give it to somebody. Fails
 * like `add` of `makeCardOps`; then nothing is written. Durable when it resolves.
 */
export async function takeLead(
  workspace: LeadTarget,
  lead: LeadIntake,
  env: { readonly now: number; readonly newId: () => string },
): Promise<Result<LeadTaken, OpError>> {
  const consent = consentOf(lead.consent ?? {});
  if (!consent.ok) return consent;
  const values = text(lead.values['title']) === '' ? { ...lead.values, title: titleOfLead(lead.values) } : lead.values;
  const custom = await customFieldsIn(workspace.hub, 'lead');
  const id = env.newId();
  const { board, before, after } = lead;
  const added = await workspace.hub.transact(`board/${board}`, lead.author, (doc): Result<null, OpError> => {
    const stageId = lead.stage ?? stagesOf(doc).find(({ kind }) => kind === 'open')?.id ?? '';
    const isPlaced = lead.stage !== undefined || before !== undefined || after !== undefined;
    const top = isPlaced ? undefined : laneOf(doc, stageId)[0]?.id;
    const card = { id, stageId, values, before: before ?? top ?? null, after: after ?? null };
    const planned = leadOps.add(doc, card, { now: env.now, random: Math.random, custom });
    if (!planned.ok) return planned;
    const beside = (write: RecordWrite): RecordWrite =>
      write.root === cardsRoot && write.id === id ? { ...write, set: { ...write.set, ...consent.value } } : write;
    applyPatch(doc, planned.value.map(beside));
    return ok(null);
  });
  if (!added.ok) return added;
  const owner = typeof values['owner'] === 'string' ? values['owner'] : null;
  if (owner !== null) return ok({ id, board, owner, why: null });
  return ok({ id, board, ...(await assignLead(workspace.id, board, id)) });
}
