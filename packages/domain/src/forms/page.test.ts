import { applyPatch } from '@rapport/doc/patch';
import { email, longText, phone, text } from '@rapport/schema/fields';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { ownNaughty } from '../../../../test/system/naughty-strings.ts';
import { consentName } from './check-answers.ts';
import { cleanText, readForm } from './form.ts';
import { formProblems, isAnswerable, offeredFields, questionsOf } from './offered-fields.ts';
import { addItems, newForm } from './ops.ts';
import { keptPage, writtenIn } from './kept-page.ts';
import { formPage, hiddenNames, noticePage } from './page.ts';

interface Element {
  readonly localName: string;
  readonly id: string;
  readonly value: string;
  readonly textContent: string;
  readonly attributes: Iterable<{ readonly name: string }>;
  getAttribute(name: string): string | null;
}
interface Document {
  readonly scripts: Iterable<{ readonly src: string; readonly text: string }>;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
}
// It has no types of its own.
const { JSDOM } = (await import('jsdom' as string)) as {
  JSDOM: new (html: string) => { window: { document: Document } };
};

const env = { random: () => 0.5 };
const specs = {
  title: text({ label: 'Title' }),
  name: text({ label: 'Name' }),
  email: email({ label: 'E-mail' }),
  message: longText({ label: 'Message' }),
  phone: phone({ label: 'Phone' }),
};
const offered = offeredFields(specs);

/** A form of which every text is this one. */
function formOf(said: string, more: object = {}) {
  const doc = new Y.Doc();
  applyPatch(doc, newForm({ name: said, intro: said, button: said, thanks: said, by: 'a', at: 1, ...more }));
  applyPatch(
    doc,
    addItems(
      doc,
      'fields',
      [
        { id: 'a', field: 'name', label: said, help: said, required: true },
        { id: 'b', field: 'message', label: said, help: said },
        { id: 'c', field: 'phone', label: said, options: [said, 'other'] },
      ],
      env,
    ),
  );
  applyPatch(doc, addItems(doc, 'consents', [{ id: 'd', purpose: said, wording: said }], env));
  return readForm(doc);
}
const allowedTags =
  /^(html|head|meta|title|link|script|body|main|h1|p|br|div|ul|li|a|form|input|label|span|select|option|textarea|button)$/;
const allowedAttributes =
  /^(lang|dir|charset|name|content|rel|href|src|defer|data-host|data-redirect|class|role|tabindex|method|action|accept-charset|type|value|aria-[a-z]+|for|id|autocomplete|autofocus|required|rows|selected|checked|inputmode|target)$/;

describe('a form’s page', () => {
  test.each(ownNaughty.map((each) => [each]))('shows %j as text', (said) => {
    const form = formOf(said);
    const html = formPage(form, questionsOf(form, offered), {
      action: '/f/F',
      typed: { name: said, message: said, phone: said, [consentName('d')]: 'on' },
      errors: { name: said, phone: said },
      notice: said,
      hidden: { [hiddenNames.token]: said, [hiddenNames.referrer]: said },
      host: 'https://shop.example',
      isFramed: true,
      isTest: false,
    });
    const { document } = new JSDOM(html).window;
    for (const element of document.querySelectorAll('*')) {
      expect(element.localName).toMatch(allowedTags);
      for (const { name } of element.attributes) expect(name).toMatch(allowedAttributes);
    }
    expect([...document.scripts].map(({ src, text: inside }) => [src, inside])).toEqual([['/f/framed.js', '']]);
    expect([...document.querySelectorAll('a')].every((each) => each.getAttribute('href')?.startsWith('#q-'))).toBe(
      true,
    );
    expect(document.querySelector('h1')?.textContent).toBe(form.name);
    // What HTML cannot hold at all is left out: NUL, and a line break is one sign.
    const shown = said.replaceAll('\0', '').replaceAll(/\r\n?/g, '\n').toWellFormed();
    expect(document.querySelector('textarea')?.value.replaceAll('\n', '')).toBe(shown.replaceAll('\n', ''));
    expect(document.querySelector('#q-name')?.value.replaceAll(/[\r\n]/g, '')).toBe(shown.replaceAll('\n', ''));
  });

  test.each(ownNaughty.map((each) => [each]))('that cannot be sent gives %j back as text', (said) => {
    const form = formOf(said);
    const asked = { questions: questionsOf(form, offered), consents: form.consents };
    const sent = Object.entries({
      _t: 'x',
      name: said,
      message: 'm',
      phone: '',
      other: said,
      [consentName('d')]: 'on',
    });
    const html = keptPage({ title: 'Closed', text: 'So.', written: writtenIn(asked, sent, 'en'), language: 'en' });
    const { document } = new JSDOM(html).window;
    for (const element of document.querySelectorAll('*')) {
      expect(element.localName).toMatch(/^(html|head|meta|title|link|body|main|h1|h2|p|dl|dt|dd)$/);
      for (const { name } of element.attributes)
        expect(name).toMatch(/^(lang|dir|charset|name|content|rel|href|class|role|tabindex)$/);
    }
    const texts = [...document.querySelectorAll('dd')].map(({ textContent }) => textContent);
    expect(texts).toContain('m');
    // Signs that turn the reading direction or that nobody sees are left out, as in a lead.
    const shown = cleanText(said, said.length).trim();
    expect(texts.filter((each) => each === shown)).toHaveLength(shown === '' ? 0 : 2);
  });

  test('names every field, its help and what is wrong with it', () => {
    const form = formOf('Ask', { doubleOptIn: false });
    const html = formPage(form, questionsOf(form, offered), {
      action: '/f/F',
      typed: {},
      errors: { name: 'Please fill this in.' },
      notice: null,
      hidden: {},
      host: null,
      isFramed: false,
      isTest: false,
    });
    const { document } = new JSDOM(html).window;
    for (const control of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
      expect(document.querySelector(`label[for="${control.id}"]`)?.textContent?.trim()).not.toBe('');
    const name = document.querySelector('#q-name');
    expect(name?.getAttribute('aria-invalid')).toBe('true');
    const described = name?.getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(described.map((id) => document.querySelector(`#${id}`)?.textContent)).toEqual([
      'Ask',
      'Please fill this in.',
    ]);
    expect(document.querySelector('[role=alert] a')?.getAttribute('href')).toBe('#q-name');
    expect([...document.scripts]).toEqual([]);
  });

  test('that says thanks leads on as text, too', () => {
    const said = '"><script>alert(1)</script>\n\nnext';
    const html = noticePage({
      title: said,
      text: said,
      language: 'en',
      goOn: { href: 'https://a.example/?"x', label: said },
    });
    const { document } = new JSDOM(html).window;
    expect([...document.scripts]).toEqual([]);
    expect([...document.querySelectorAll('.said')]).toHaveLength(2);
  });
});

describe('what a form asks', () => {
  test('is what strangers may fill in, in the form’s language', () => {
    expect(Object.keys(offered)).toEqual(['name', 'email', 'message', 'phone']);
    const form = { ...formOf(''), language: 'fr' as const };
    expect(questionsOf(form, offered).map(({ label }) => label)).toEqual(['Nom', 'Message', 'Téléphone']);
    // A field that was removed since is not asked any more.
    const { phone: _phone, ...left } = offered;
    expect(questionsOf(form, left)).toHaveLength(2);
  });

  test('must be enough for what it promises', () => {
    const form = formOf('Ask', { doubleOptIn: true });
    const questions = questionsOf(form, offered);
    expect(isAnswerable(form, questions)).toBe(false);
    expect(isAnswerable({ ...form, doubleOptIn: false }, questions)).toBe(true);
    expect(isAnswerable(form, [])).toBe(false);
    expect(formProblems(form, offered, { hasMail: false })).toEqual([
      'Confirming by e-mail takes an e-mail field.',
      expect.stringContaining('SMTP_URL'),
    ]);
    expect(formProblems({ ...form, fields: [] }, offered, { hasMail: true })[0]).toContain('asks for nothing');
  });
});
