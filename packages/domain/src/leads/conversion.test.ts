import { applyPatch } from '@rapport/doc/patch';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { contactType } from '../contacts/schema.ts';
import { readCard } from '../boards/read.ts';
import { readRecord } from '../records/read-record.ts';
import { messageNote, planFill, planNew, saidOfCompany, saidOfContact, sitesOfLead } from './conversion.ts';
import { leadType } from './lead-type.ts';

const lead = (raw: object) => readCard(leadType, 'a', { title: 'Lead', place: ['s', 'V'], ...raw });
const ids = () => {
  let made = 0;
  return () => `p${++made}`;
};

describe('a conversion', () => {
  test.each([
    [{ email: 'a@brandvold.example' }, ['brandvold.example']],
    [{ email: 'a@gmail.com' }, []],
    [{ website: 'https://www.acme.example/x', email: 'a@acme.example' }, ['acme.example']],
    [{ website: null, email: 'nonsense' }, []],
  ])('knows where the company is on the web: %j', (raw, sites) => {
    expect(sitesOfLead(lead(raw))).toEqual(sites);
  });

  test('makes a contact of what was said, and a company', () => {
    const said = lead({
      name: 'Nina Fjord',
      companyName: 'Fjord',
      email: 'n@fjord.example',
      phone: '+47 5',
      country: 'Norway',
    });
    const doc = new Y.Doc();
    const planned = planNew(contactType, saidOfContact(said, contactType, null), ids(), { now: 1 });
    if (!planned.ok) throw new Error(planned.error.message);
    applyPatch(doc, planned.value);
    expect(readRecord(contactType, doc)).toMatchObject({ name: 'Nina Fjord', values: { lastName: 'Fjord' } });
    expect(saidOfCompany(said, true)).toMatchObject({
      values: { name: 'Fjord', domain: 'fjord.example' },
      points: [{ kind: 'address' }],
    });
  });

  test('fills what is missing and overwrites nothing', () => {
    const doc = new Y.Doc();
    const had = { firstName: 'Ola', jobTitle: 'Captain' };
    const made = planNew(
      contactType,
      { values: had, points: [{ kind: 'email', type: '', value: 'N@Fjord.example' }], links: {}, consent: new Map() },
      ids(),
      { now: 1 },
    );
    if (!made.ok) throw new Error(made.error.message);
    applyPatch(doc, made.value);
    const said = lead({
      name: 'Nina Fjord',
      email: 'n@fjord.example',
      phone: '+47 555 01',
      jobTitle: 'Buyer',
      source: 'Form',
    });
    applyPatch(
      doc,
      planFill(contactType, doc, saidOfContact(said, contactType, null), () => 'new'),
    );
    const state = readRecord(contactType, doc);
    // A last name from somebody else's form would make another person of them.
    expect(state.values).toMatchObject({ firstName: 'Ola', lastName: null, jobTitle: 'Captain', source: 'Form' });
    expect([...state.points.values()].map(({ value }) => value)).toEqual(['+47 555 01', 'N@Fjord.example']);
    expect(planFill(contactType, doc, saidOfContact(said, contactType, null), () => 'again')).toEqual([]);
  });

  test('takes the message along as a note, when there is one', () => {
    expect(messageNote(lead({ message: ' Hello ', createdAt: 7 }), 'n', 'me', 9)).toMatchObject([
      { root: 'timeline', id: 'n', set: { kind: 'note', at: 7, by: 'me', text: 'Hello' } },
    ]);
    expect(messageNote(lead({}), 'n', 'me', 9)).toEqual([]);
  });
});
