import type { FieldValue } from '@rapport/schema/fields';
import { isSafeUrl, readValue } from '@rapport/schema/read-value';
import { cleanLine, cleanText, type FormConsent } from './form.ts';
import type { Question } from './offered-fields.ts';
import type { FormWords } from './words.ts';

/** Name of a consent's box on the page. Names of our own begin unlike any field's key. */
export const consentName = (id: string): string => `_consent_${id}`;

export interface Answers {
  /** By key of the lead's field; what was left empty is not there. */
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly agreed: readonly FormConsent[];
  /** By name on the page, in its language. Empty: all is well. */
  readonly errors: Readonly<Record<string, string>>;
  /** What to show again, by name on the page. */
  readonly typed: Readonly<Record<string, string>>;
}

/** What browsers take for an e-mail address. */
const emailPattern = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*$/i;

type Checked = { readonly value: FieldValue | null } | { readonly problem: string };

function readAnswer({ spec, options }: Question, text: string, words: FormWords): Checked {
  if (options.length > 0) return options.includes(text) ? { value: text } : { problem: words.option };
  switch (spec.type) {
    case 'email':
      return text.length <= 254 && emailPattern.test(text) ? { value: text } : { problem: words.email };
    case 'phone':
      return text.length <= 60 && /^[^\p{L}]*(\p{L}{1,4}[^\p{L}]*)?$/u.test(text) && /(\d\D*){3}/.test(text)
        ? { value: text }
        : { problem: words.phone };
    case 'url': {
      const value = /^[\w-]+(\.[\w-]+)+/.test(text) ? `https://${text}` : text;
      const isWeb = isSafeUrl(value) && /^https?:/i.test(value);
      return isWeb ? { value } : { problem: words.url };
    }
    case 'number': {
      const value = Number(text.replaceAll(/[\s']/g, '').replace(',', '.'));
      return Number.isFinite(value) ? { value } : { problem: words.number };
    }
    case 'checkbox':
      return { value: text === 'on' };
    case 'date':
      return readValue(spec, text).problem === undefined ? { value: text } : { problem: words.date };
    case 'select': {
      const option = spec.options.find(({ id, label }) => id === text || label === text);
      if (option !== undefined) return { value: option.id };
      return spec.open === true ? { value: text } : { problem: words.option };
    }
    default:
      return { value: text };
  }
}

/**
 * Checks what was sent against the same specs that a lead's fields have everywhere. `sent` answers what came under a
 * name, '' for nothing.
 */
export function checkAnswers(
  asked: { readonly questions: readonly Question[]; readonly consents: readonly FormConsent[] },
  sent: (name: string) => string,
  words: FormWords,
): Answers {
  const values: Record<string, FieldValue> = {};
  const errors: Record<string, string> = {};
  const typed: Record<string, string> = {};
  for (const question of asked.questions) {
    const { field: name, spec, required } = question;
    const raw = sent(name);
    // Whole, however long: what is refused is shown again, to be made shorter by whoever wrote it.
    const text = spec.type === 'longText' ? cleanText(raw, raw.length).trim() : cleanLine(raw, raw.length);
    typed[name] = text;
    if (text === '') {
      if (required) errors[name] = words.missing;
      continue;
    }
    const read = readAnswer(question, text, words);
    if ('problem' in read) {
      errors[name] = read.problem;
      continue;
    }
    const { value, problem } = readValue(spec, read.value);
    if (problem === undefined && value !== null) values[name] = value;
    else if (typeof read.value === 'string' && problem?.includes('longer') === true)
      errors[name] = words.tooLong.replace('{n}', /\d+/.exec(problem)?.[0] ?? '');
    else errors[name] = words.option;
  }
  const agreed = asked.consents.filter(({ id, required, wording }) => {
    const name = consentName(id);
    const isGiven = sent(name) === 'on' && wording !== '';
    typed[name] = isGiven ? 'on' : '';
    if (required && !isGiven) errors[name] = words.mustAgree;
    return isGiven;
  });
  return { values, agreed, errors, typed };
}
