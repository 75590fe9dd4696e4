import {
  checkbox,
  date,
  email,
  longText,
  number,
  phone,
  select,
  text,
  url,
  type FieldSpec,
} from '@rapport/schema/fields';
import { readValue } from '@rapport/schema/read-value';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkAnswers, consentName } from './check-answers.ts';
import { html } from './markup.ts';
import type { Question } from './offered-fields.ts';
import { formLanguages, wordsOf } from './words.ts';

const words = wordsOf('en');
const ask = (spec: FieldSpec, more: Partial<Question> = {}): Question => ({
  id: 'q',
  field: 'x',
  label: 'X',
  help: '',
  required: false,
  options: [],
  rank: 'V',
  spec,
  ...more,
});
const check = (question: Question, raw: string) =>
  checkAnswers({ questions: [question], consents: [] }, (name) => (name === 'x' ? raw : ''), words);

describe('an answer', () => {
  const label = 'X';
  test('that is too long is refused and shown again whole', () => {
    const raw = 'word '.repeat(9000);
    const { errors, typed, values } = check(ask(longText({ label })), raw);
    expect([errors['x'], values]).toEqual(['This is longer than 20000 characters.', {}]);
    expect(typed['x']).toBe(raw.trim());
  });
  test.each<[string, FieldSpec, string, unknown]>([
    ['spaces around', text({ label }), '  Ana  Nyberg ', 'Ana Nyberg'],
    ['marks that turn the line', text({ label }), 'a\u202eb\u0000', 'ab'],
    ['several lines', longText({ label }), 'one\r\ntwo', 'one\ntwo'],
    ['an address', email({ label }), 'Ana.N+x@sub.example.com', 'Ana.N+x@sub.example.com'],
    ['a number to call', phone({ label }), '+45 (20) 30-40-50 ext', '+45 (20) 30-40-50 ext'],
    ['a site without its scheme', url({ label }), 'example.com/a', 'https://example.com/a'],
    ['a number', number({ label }), "1'250,5", 1250.5],
    ['a day', date({ label }), '2026-11-22', '2026-11-22'],
    ['a tick', checkbox({ label }), 'on', true],
    ['a choice', select({ label, options: [{ id: 'a', label: 'A' }] }), 'a', 'a'],
  ])('with %s is taken', (_, spec, raw, value) => {
    expect(check(ask(spec), raw)).toMatchObject({ values: { x: value }, errors: {} });
  });

  test.each<[string, FieldSpec, string]>([
    ['two addresses', email({ label }), 'a@b.example, c@d.example'],
    ['an address with a line break', email({ label }), 'a@b.example\nBcc: c@d.example'],
    ['an address without a host', email({ label }), 'a@'],
    ['words to call', phone({ label }), 'tomorrow'],
    ['a script', url({ label }), 'javascript:alert(1)'],
    ['a mailbox as a site', url({ label }), 'mailto:a@b.example'],
    ['no number', number({ label }), 'many'],
    ['no day', date({ label }), '2026-02-30'],
    ['another choice', select({ label, options: [{ id: 'a', label: 'A' }] }), 'b'],
    ['too much', text({ label, max: 5 }), '123456'],
  ])('with %s is refused and shown again', (_, spec, raw) => {
    const { values, errors, typed } = check(ask(spec), raw);
    expect(values).toEqual({});
    expect(errors).toHaveProperty('x');
    expect(typed['x']?.length).toBeGreaterThan(0);
  });

  test('is one of those offered', () => {
    const question = ask(text({ label }), { options: ['Red', 'Blue'] });
    expect(check(question, 'Red').values).toEqual({ x: 'Red' });
    expect(check(question, 'Green').errors).toEqual({ x: words.option });
  });

  test('is missed only where it is required; a consent that is not given is none', () => {
    expect(check(ask(text({ label })), ' ').errors).toEqual({});
    expect(check(ask(text({ label }), { required: true }), ' ').errors).toEqual({ x: words.missing });
    const consents = [
      { id: 'a', purpose: 'news', wording: 'News', required: false, rank: 'V' },
      { id: 'b', purpose: 'terms', wording: 'Terms', required: true, rank: 'W' },
      { id: 'c', purpose: 'empty', wording: '', required: false, rank: 'X' },
    ];
    const sent = (name: string) => (name === consentName('b') ? '' : 'on');
    const { agreed, errors } = checkAnswers({ questions: [], consents }, sent, words);
    expect(agreed.map(({ id }) => id)).toEqual(['a']);
    expect(errors).toEqual({ [consentName('b')]: words.mustAgree });
  });

  test('is never taken as what its field could not hold', () => {
    const specs = [
      text({ label }),
      longText({ label }),
      email({ label }),
      phone({ label }),
      url({ label }),
      number({ label }),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...specs), fc.string({ maxLength: 400, unit: 'binary' }), (spec, raw) => {
        const { values, errors } = check(ask(spec), raw);
        const value = values['x'];
        if (value !== undefined) expect(readValue(spec, value)).toEqual({ value });
        expect(Object.keys(values).length + Object.keys(errors).length).toBeLessThan(2);
      }),
      { numRuns: 120 },
    );
  });
});

test('markup holds text as text, in attributes too', () => {
  const evil = `"'\`<script>&amp;\0`;
  const { text: made } = html`<a title="${evil}">${evil}${[html`<b>${evil}</b>`, null, false]}</a>`;
  expect(made.replaceAll(/&#\d+;/g, '.')).toBe(
    '<a title="....script.amp;">....script.amp;<b>....script.amp;</b></a>'.replaceAll('amp', '.amp'),
  );
});

test('every language says everything, and keeps its places', () => {
  for (const language of formLanguages) {
    const said = wordsOf(language);
    expect(Object.values(said).every((each) => each.trim() !== '')).toBe(true);
    expect(said.tooLong).toContain('{n}');
    for (const line of [said.mailSubject, said.mailText]) expect(line).toContain('{form}');
  }
});
