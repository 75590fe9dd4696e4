import { consentName } from './check-answers.ts';
import { cleanText, type FormConsent } from './form.ts';
import { html } from './markup.ts';
import { choicesOf, type Question } from './offered-fields.ts';
import { wholePage } from './page.ts';
import { wordsOf, type FormLanguage } from './words.ts';

/** Something that a stranger wrote on a form that cannot take it. */
export interface Written {
  /** What was asked; null where nobody knows any more. */
  readonly question: string | null;
  readonly text: string;
}

/**
 * What was filled in, in the order of the form, then answers to questions that it does not ask any more. Without our own
 * hidden fields and without what was left empty.
 */
export function writtenIn(
  asked: { readonly questions: readonly Question[]; readonly consents: readonly FormConsent[] },
  sent: Iterable<readonly [name: string, value: string]>,
  language: FormLanguage,
): Written[] {
  const { yes } = wordsOf(language);
  const left = new Map([...sent].map(([name, value]) => [name, cleanText(value, value.length).trim()]));
  const found: Written[] = [];
  const take = (name: string, question: string | null, toText = (value: string): string => value): void => {
    const value = left.get(name) ?? '';
    left.delete(name);
    if (value !== '') found.push({ question, text: toText(value) });
  };
  for (const each of asked.questions) {
    const choices = new Map(choicesOf(each));
    take(each.field, each.label, (value) => (each.spec.type === 'checkbox' ? yes : (choices.get(value) ?? value)));
  }
  for (const { id, wording } of asked.consents) take(consentName(id), wording, () => yes);
  for (const name of left.keys()) if (!name.startsWith('_')) take(name, null);
  return found;
}

/** A page that says why nothing was sent, and shows what was written, to be copied from it. */
export function keptPage(page: {
  readonly title: string;
  readonly text: string;
  readonly written: readonly Written[];
  readonly language: FormLanguage;
  readonly host?: string | null;
  readonly isFramed?: boolean;
}): string {
  const { title, text, written, language, host = null, isFramed = false } = page;
  return wholePage(
    { title, language, host, isFramed },
    html`<h1>${title}</h1>
      <p class="said" role="status">${text}</p>
      ${
        written.length === 0
          ? null
          : html`<h2>${wordsOf(language).written}</h2>
              <dl class="written">
                ${written.map(
                  (each) =>
                    html`<dt dir="auto">${each.question ?? '–'}</dt>
                      <dd dir="auto">${each.text}</dd>`,
                )}
              </dl>`
      }`,
  );
}
