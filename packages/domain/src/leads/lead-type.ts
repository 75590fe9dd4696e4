import { makeCardType } from '../boards/card-type.ts';
import { readAssigned } from './assigned.ts';
import { consentOf, isBesideKey, readConverted, type Lead } from './lead.ts';
import { editableLeadFields, leadFields } from './schema.ts';

/** Leads, as the board engine knows them. */
export const leadType = makeCardType<Lead>({
  noun: 'lead',
  kind: 'leads',
  fields: leadFields,
  editable: editableLeadFields,
  derived: ['assignedWhy'],
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
  isSummed: false,
  isConverted: true,
  words: {
    one: 'lead',
    many: 'leads',
    article: 'a lead',
    board: 'inbox',
    win: 'Convert',
    lose: 'Disqualify',
    won: 'converted',
    lost: 'disqualified',
    askReason: 'Say why it was disqualified',
    needsReason: 'A disqualified lead needs its reason.',
    firstTitle: 'Your first lead',
    firstUnder: 'Somebody who asked',
  },
  isBeside: isBesideKey,
  readBeside: (raw) => ({
    consent: consentOf(raw),
    converted: readConverted(raw.converted),
    assigned: readAssigned(raw.assigned),
  }),
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
    const assigned = readAssigned(raw.assigned);
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
