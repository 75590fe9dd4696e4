import { applyPatch, type Applied } from '@rapport/doc/patch';
import { err, ok, type Result } from '@rapport/doc/result';
import type { Money } from '@rapport/schema/fields';
import type * as Y from 'yjs';
import { cardOf, cardsRoot, stagesOf } from '../boards/board.ts';
import { customFieldsIn } from '../boards/custom-fields.node.ts';
import type { CardOps } from '../boards/ops.ts';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import { documentOf, roots, type RecordType } from '../records/record-type.ts';
import { messageNote, planFill, planNew, saidOfCompany, saidOfContact, type Said } from './conversion.ts';
import type { Lead } from './lead.ts';
import { leadType } from './lead-type.ts';
import { leadOps } from './ops.ts';
import { shareOfMade, type MadeFor } from './share-made.node.ts';

/** The nouns that a lead becomes; who composes the server names them. */
export interface ConvertedNouns {
  readonly company: RecordType;
  readonly contact: RecordType;
  readonly deal: Pick<CardOps<never>, 'add'>;
}

/** What a lead is to become. `null` makes none; `new` a new one; an id is of one that exists. */
export interface ConvertAsked {
  readonly company: string | null;
  readonly contact: string | null;
  readonly deal: {
    readonly board: string;
    readonly stage?: string | undefined;
    readonly title?: string | undefined;
    readonly value?: Money | null | undefined;
  } | null;
  /** With whom new records are shared; left out, as the inbox is. */
  readonly sharedWith?: MadeFor | undefined;
}

/** What a conversion wrote to one document: what taking it back needs. */
export interface ConvertedPart {
  readonly doc: string;
  readonly applied: Applied;
  /** The document came into being with it. */
  readonly isNew?: true;
}

export interface LeadConverted {
  readonly company: string | null;
  readonly contact: string | null;
  readonly deal: string | null;
  readonly undo: readonly ConvertedPart[];
}

export interface ConvertError {
  readonly code: 'invalid' | 'not-found' | 'conflict';
  readonly message: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** Ends the transaction with nothing done. */
class Refused extends Error {
  readonly reason: ConvertError;
  constructor(reason: ConvertError) {
    super(reason.message);
    this.reason = reason;
  }
}
const refuse = (reason: ConvertError): never => {
  throw new Refused(reason);
};

const joined = (...all: readonly Applied[]): Applied => ({
  created: all.flatMap(({ created }) => created),
  changes: all.flatMap(({ changes }) => changes),
});

/** Where a record comes from, and what it is called in a refusal. */
interface Target {
  readonly type: RecordType;
  readonly id: string;
  readonly doc: string;
  readonly isNew: boolean;
  /** False for one that the caller may only look at: it is linked to, and left as it is. */
  readonly isWritten: boolean;
}

/**
 * Turns a lead into a company, a contact and a deal, in one commit over all their documents. What exists gets what it
 * lacks; nothing is overwritten. Fails 'conflict' when somebody has converted it: of two who do it at once, one does.
 */
export async function convertLead(
  ws: WorkspaceContext,
  nouns: ConvertedNouns,
  lead: { readonly id: string; readonly doc: string; readonly owner: string | null },
  asked: ConvertAsked,
  env: { readonly now: number; readonly newId: () => string },
): Promise<Result<LeadConverted, ConvertError>> {
  const targetOf = (type: RecordType, wanted: string | null): Target | null => {
    if (wanted === null) return null;
    const isNew = wanted === 'new';
    const id = isNew ? env.newId() : wanted;
    return { type, id, doc: documentOf(type, id), isNew, isWritten: isNew || ws.accessTo(id) === 'edit' };
  };
  const company = targetOf(nouns.company, asked.company);
  const contact = targetOf(nouns.contact, asked.contact);
  const targets = [company, contact].filter((target) => target !== null);
  for (const { type, id, isNew } of targets)
    if (
      !isNew &&
      ws.query.get(`SELECT 1 FROM ${type.plural} WHERE id = ? AND deleted_at IS NULL AND merged_into IS NULL`, [id]) ===
        undefined
    )
      return err({
        code: 'invalid',
        message: `Not converted. There is no such ${type.noun}.`,
        fields: { [type.noun]: 'does not exist' },
      });
  const dealBoard =
    asked.deal === null
      ? null
      : ws.query.get<{ doc: string }>(`SELECT doc FROM boards WHERE id = ? AND kind = 'deals'`, [asked.deal.board])
          ?.doc;
  if (dealBoard === undefined)
    return err({
      code: 'invalid',
      message: 'Not converted. There is no such pipeline.',
      fields: { deal: 'names no pipeline' },
    });
  const [leadCustom, dealCustom, companyCustom, contactCustom] = await Promise.all(
    ['lead', 'deal', 'company', 'contact'].map((noun) => customFieldsIn(ws.hub, noun)),
  );
  // Before there is anything to see.
  const share = shareOfMade(ws, lead, asked.sharedWith);
  for (const { id, isNew } of targets) if (isNew) ws.shareNew(id, share);
  const written = targets.filter(({ isWritten }) => isWritten);
  const names = [lead.doc, ...written.map(({ doc }) => doc), ...(dealBoard === null ? [] : [dealBoard])];
  const creates = written.filter(({ isNew }) => isNew).map(({ doc }) => doc);

  const edit = (docs: readonly Y.Doc[]): LeadConverted => {
    const byName = new Map(names.map((name, at) => [name, docs[at]]));
    const docOf = (name: string): Y.Doc => byName.get(name) ?? refuse({ code: 'conflict', message: 'Not converted.' });
    const board = docOf(lead.doc);
    const now = cardOf(leadType, board, lead.id, leadCustom);
    if (now === null || now.deletedAt !== null)
      return refuse({ code: 'not-found', message: 'There is no such lead (any more).' });
    if (now.converted !== null)
      return refuse({ code: 'conflict', message: 'Nothing was changed: somebody converted this lead already.' });
    const stage = stagesOf(board).find(({ kind }) => kind === 'won');
    if (!stage)
      return refuse({
        code: 'invalid',
        message: 'Not converted. This inbox has no status for converted leads. Add one under Stages.',
      });
    const undo: ConvertedPart[] = [];
    const owned: Lead = { ...now, owner: now.owner ?? ws.actor.memberId };

    const put = (target: Target | null, said: Said, custom: typeof leadCustom, hasNote: boolean) => {
      if (target === null || !target.isWritten) return;
      const { doc: name, type, isNew } = target;
      const doc = docOf(name);
      const planned = isNew
        ? planNew(type, said, env.newId, { now: env.now, ...(custom === undefined ? {} : { custom }) })
        : ok(planFill(type, doc, said, env.newId));
      if (!planned.ok) return refuse({ code: 'invalid', message: planned.error.message });
      const note = hasNote ? messageNote(owned, env.newId(), ws.actor.memberId, env.now) : [];
      const all = applyPatch(doc, [...planned.value, ...note]);
      // That it is a record stays so, whatever is taken back.
      const applied = { ...all, changes: all.changes.filter(({ root }) => root !== roots.meta) };
      if (applied.changes.length > 0 || isNew) undo.push({ doc: name, applied, ...(isNew ? { isNew: true } : {}) });
    };
    put(company, saidOfCompany(owned, contact !== null), companyCustom, contact === null || !contact.isWritten);
    put(contact, saidOfContact(owned, nouns.contact, company?.id ?? null), contactCustom, true);

    let deal: string | null = null;
    if (asked.deal !== null && dealBoard !== null) {
      const live = docOf(dealBoard);
      const { title, value, stage: wanted } = asked.deal;
      deal = env.newId();
      const planned = nouns.deal.add(
        live,
        {
          id: deal,
          stageId: wanted ?? stagesOf(live).find(({ kind }) => kind === 'open')?.id ?? '',
          values: {
            title: title ?? now.title ?? 'Untitled',
            value: value === undefined ? now.value : value,
            owner: owned.owner,
            source: now.source,
            labels: now.labels,
            nextActivity: now.nextActivity,
            company: company?.id ?? null,
            contact: contact?.id ?? null,
          },
        },
        { now: env.now, random: Math.random, ...(dealCustom === undefined ? {} : { custom: dealCustom }) },
      );
      if (!planned.ok)
        return refuse({
          code: 'invalid',
          message: planned.error.message.replace(/^Not \w+\./, 'Not converted.'),
          ...(planned.error.fields === undefined ? {} : { fields: planned.error.fields }),
        });
      undo.push({ doc: dealBoard, applied: applyPatch(live, planned.value) });
    }

    const converted = { company: company?.id ?? null, contact: contact?.id ?? null, deal };
    const told = applyPatch(board, [{ root: cardsRoot, id: lead.id, set: { converted } }]);
    const moved = leadOps.move(
      board,
      { ids: [lead.id], stageId: stage.id },
      { now: env.now, random: Math.random, ...(leadCustom === undefined ? {} : { custom: leadCustom }) },
    );
    if (!moved.ok)
      return refuse({ code: 'invalid', message: moved.error.message.replace('Not moved.', 'Not converted.') });
    undo.unshift({ doc: lead.doc, applied: joined(told, applyPatch(board, moved.value)) });
    return { ...converted, undo };
  };
  try {
    return ok(await ws.hub.transactAll(names, ws.author(), edit, { creates }));
  } catch (error) {
    if (error instanceof Refused) return err(error.reason);
    throw error;
  }
}
