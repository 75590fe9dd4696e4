import { applyPatch } from '@rapport/doc/patch';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { cardOf, stagesOf } from '../boards/board.ts';
import { initBoard } from '../boards/stage-ops.ts';
import { leadType } from './lead-type.ts';
import { leadOps } from './ops.ts';
import { consentKey } from './schema.ts';
import { titleOfLead } from './title.ts';

const env = { now: 5000, random: () => 0.5 };
const contact = '01J00000000000000000000000';

function board() {
  const doc = new Y.Doc();
  let made = 0;
  const stages = leadType.defaultStages;
  applyPatch(
    doc,
    initBoard({ name: 'Leads', kind: 'leads', currency: 'EUR', stages }, { ...env, id: () => `s${++made}` }),
  );
  const stage = Object.fromEntries(stagesOf(doc).map(({ name, id }) => [name, id]));
  const planned = leadOps.add(doc, { id: 'a', stageId: stage['New'] ?? '', values: { title: 'Ana' } }, env);
  if (!planned.ok) throw new Error(planned.error.message);
  applyPatch(doc, planned.value);
  const move = (to: string, values = {}) => {
    const moved = leadOps.move(doc, { ids: ['a'], stageId: stage[to] ?? '', values }, env);
    if (moved.ok) applyPatch(doc, moved.value);
    return moved;
  };
  const lead = () => cardOf(leadType, doc, 'a');
  return { doc, move, lead };
}

describe('a lead', () => {
  test('is converted, not moved to Converted; open again it is none of what it became', () => {
    const { doc, move, lead } = board();
    expect(move('Converted')).toMatchObject({ ok: false, error: { code: 'not-by-move' } });
    applyPatch(doc, [{ root: 'cards', id: 'a', set: { converted: { company: null, contact, deal: null } } }]);
    expect(move('Converted').ok).toBe(true);
    expect(lead()).toMatchObject({ converted: { contact }, closedAt: 5000 });
    expect(move('Working').ok).toBe(true);
    expect(lead()).toMatchObject({ converted: null, closedAt: null });
  });

  test('is disqualified for a reason', () => {
    const { move, lead } = board();
    expect(move('Disqualified')).toMatchObject({
      ok: false,
      error: { fields: { lostReason: 'Say why it was disqualified' } },
    });
    expect(move('Disqualified', { lostReason: 'A student' }).ok).toBe(true);
    expect(lead()).toMatchObject({ lostReason: 'A student', closedAt: 5000 });
  });

  test.each([
    [{ company: 'x', contact: 7, deal: ['a'] }, null],
    ['converted', null],
    [[contact], null],
    [{ contact }, { company: null, contact, deal: null }],
  ])('reads what it became, whatever stands there: %j', (converted, read) => {
    const { doc, lead } = board();
    applyPatch(doc, [{ root: 'cards', id: 'a', set: { converted } }]);
    expect(lead()?.converted).toEqual(read);
  });

  test('reads consent as records have it, and passes over what is none', () => {
    const { doc, lead } = board();
    const granted = { state: 'granted', at: 7, source: 'Form', proof: '' };
    applyPatch(doc, [
      { root: 'cards', id: 'a', set: { [consentKey('news')]: granted, [consentKey('calls')]: { state: 'perhaps' } } },
    ]);
    expect([...(lead()?.consent ?? [])]).toEqual([['news', granted]]);
  });

  test.each([
    [{ name: ' Ana ', companyName: 'Acme' }, 'Ana · Acme'],
    [{ companyName: 'Acme' }, 'Acme'],
    [{ email: 'a@b.example' }, 'a@b.example'],
    [{ phone: '+1 555' }, '+1 555'],
    [{}, 'Unnamed lead'],
    [{ name: 'x'.repeat(400) }, 'x'.repeat(300)],
  ])('is called after who it is: %j', (values, title) => {
    expect(titleOfLead(values)).toBe(title);
  });
});
