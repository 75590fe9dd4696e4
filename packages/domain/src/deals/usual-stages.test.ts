import { expect, test } from 'vitest';
import { inUsualOrder } from './usual-stages.ts';

const order = (...names: string[]) => inUsualOrder(names.map((name) => ({ name }))).map(({ name }) => name);

test('stages stand in the order of a sale, whichever a file has first', () => {
  expect(order('Engaging', 'Prospecting')).toEqual(['Prospecting', 'Engaging']);
  expect(
    order('Negotiation/Review', 'Qualification', 'Proposal/Price Quote', 'Id. Decision Makers', 'Needs Analysis'),
  ).toEqual(['Qualification', 'Needs Analysis', 'Id. Decision Makers', 'Proposal/Price Quote', 'Negotiation/Review']);
  expect(order('Contract Sent', 'Presentation Scheduled', 'Qualified To Buy', 'Appointment Scheduled')).toEqual([
    'Appointment Scheduled',
    'Qualified To Buy',
    'Presentation Scheduled',
    'Contract Sent',
  ]);
  expect(order('Verhandlung', 'Angebot', 'Qualifiziert')).toEqual(['Qualifiziert', 'Angebot', 'Verhandlung']);
});

test('one name that tells nothing leaves all as they are', () => {
  expect(order('Negotiation', 'Blue', 'Qualified')).toEqual(['Negotiation', 'Blue', 'Qualified']);
  expect(order()).toEqual([]);
});
