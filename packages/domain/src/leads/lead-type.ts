import { makeCardType } from '../boards/card-type.ts';
import { assignedKey, readAssigned } from './assigned.ts';
import { consentOf, isBesideKey, readConverted, type Lead } from './lead.ts';
import { editableLeadFields, leadFields } from './schema.ts';
import { titleOfLead } from './title.ts';
import { weightsOf, weightsRoot } from './weights.ts';

/** Leads, as the board engine knows them. */
export const leadType = makeCardType<Lead>({
  noun: 'lead',
  kind: 'leads',
  fields: leadFields,
  editable: editableLeadFields,
  derived: ['assignedWhy'],
  emptiedBy: { assignedWhy: 'owner' },
  defaultStages: [
    { name: 'New', probability: 10, rotDays: 3, colour: '8' },
    { name: 'Working', probability: 40, rotDays: 7, colour: '7' },
    { name: 'Nurturing', probability: 20, rotDays: 60, colour: '3' },
    { name: 'Converted', kind: 'won', probability: 100, rotDays: null, colour: '5' },
    { name: 'Disqualified', kind: 'lost', probability: 0, rotDays: null, colour: '1' },
  ],
  tables: { entries: 'lead_stage_entries', touches: 'lead_touches', id: 'lead_id' },
  under: 'companyName',
  searched: ['name', 'companyName', 'email', 'phone'],
  isTitleMade: true,
  isSummed: false,
  // The rules of the board give it to somebody.
  isMakers: false,
  chips: ['mine', 'unassigned', 'new-today', 'no-activity', 'rotting'],
  quick: {
    fields: ['name', 'companyName', 'email'],
    values: (typed) => ({ ...typed, title: titleOfLead(typed) }),
  },
  panel: { first: ['name', 'companyName', 'email', 'phone'], last: ['message'] },
  columns: ['name', 'companyName', 'email', 'phone', 'owner', 'source', 'nextActivity', 'labels', 'createdAt'],
  alsoOnCards: ['email', 'phone', 'source', 'country', 'jobTitle', 'createdAt'],
  isConverted: true,
  words: {
    one: 'lead',
    many: 'leads',
    article: 'a lead',
    board: 'lead inbox',
    boards: 'Lead inboxes',
    win: 'Convert',
    lose: 'Disqualify',
    won: 'converted',
    lost: 'disqualified',
    askReason: 'Say why it was disqualified',
    needsReason: 'A disqualified lead needs its reason.',
    whyLost: (what) => `Why is ${what} disqualified?`,
    markLost: 'Disqualify',
    reasons: 'No budget, no need, cannot be reached',
    firstTitle: 'Your first lead',
    firstUnder: 'Somebody who asked',
    firstText: 'Add one, or let a form on your website bring them.',
    hint({ kind, probability }) {
      if (kind === 'won') return 'They became a contact, a company, a deal';
      if (kind === 'lost') return 'Not for you, for a reason';
      if (probability <= 10) return 'Somebody who asked and waits for an answer';
      return probability <= 30 ? 'Not now: they hear from you again' : 'You are talking with them';
    },
  },
  isBeside: isBesideKey,
  readBeside: (raw) => ({
    consent: consentOf(raw),
    converted: readConverted(raw.converted),
    assigned: readAssigned(raw[assignedKey]),
  }),
  roots: [weightsRoot],
  rowsOfBoard: (boardId, doc) => [
    { table: 'score_weights', key: { board_id: boardId }, row: null },
    ...weightsOf(doc).map(({ id, ...weight }) => ({
      table: 'score_weights',
      key: { board_id: boardId, id },
      row: { ...weight },
    })),
  ],
  columnsBeside: {
    consent: 'TEXT',
    converted_company: 'TEXT',
    converted_contact: 'TEXT',
    converted_deal: 'TEXT',
    assigned_rule: 'TEXT',
    assigned_to: 'TEXT',
    assigned_at: 'INTEGER',
  },
  valuesBeside(raw) {
    const consent = consentOf(raw);
    const converted = readConverted(raw.converted);
    const assigned = readAssigned(raw[assignedKey]);
    return {
      consent: consent.size === 0 ? null : JSON.stringify(Object.fromEntries(consent)),
      converted_company: converted?.company ?? null,
      converted_contact: converted?.contact ?? null,
      converted_deal: converted?.deal ?? null,
      assigned_rule: assigned?.rule ?? null,
      assigned_to: assigned?.to ?? null,
      assigned_at: assigned?.at ?? null,
    };
  },
});
