import type { FieldSpec, FieldSpecs } from '@rapport/schema/fields';
import type { Form, FormField } from './form.ts';
import { usualLabel } from './words.ts';

/** Kinds of field that a stranger can fill in without knowing the workspace. */
const askable: ReadonlySet<FieldSpec['type']> = new Set([
  'text',
  'longText',
  'email',
  'phone',
  'url',
  'select',
  'number',
  'date',
  'checkbox',
]);

/** Written by the server or for the team's own use: never asked on a public page. */
const ours: ReadonlySet<string> = new Set([
  'title',
  'source',
  'lostReason',
  'utmSource',
  'utmMedium',
  'utmCampaign',
  'utmTerm',
  'utmContent',
  'referrer',
  'landingPage',
  'form',
  'assignedWhy',
]);

/** Of a lead's fields those that a form can ask for. */
export const offeredFields = (specs: FieldSpecs): FieldSpecs =>
  Object.fromEntries(Object.entries(specs).filter(([key, spec]) => askable.has(spec.type) && !ours.has(key)));

/** A question with what is known of the field that it fills. */
export interface Question extends FormField {
  readonly spec: FieldSpec;
}

/**
 * The questions that can be asked: a field that was removed since, or is not for strangers, is left out. Where an e-mail
 * confirms, its address is needed.
 */
export const questionsOf = (form: Form, offered: FieldSpecs): readonly Question[] =>
  form.fields.flatMap((field) => {
    const spec = Object.hasOwn(offered, field.field) ? offered[field.field] : undefined;
    if (spec === undefined) return [];
    const required = field.required || (form.doubleOptIn && spec.type === 'email');
    const label = field.label === '' ? (usualLabel(form.language, field.field) ?? spec.label) : field.label;
    return [{ ...field, spec, required, label }];
  });

/** The answers that a question offers to choose from, by what is sent for each; of one that is typed, none. */
export const choicesOf = ({ options, spec }: Question): readonly (readonly [key: string, label: string])[] => {
  if (options.length > 0) return options.map((each) => [each, each]);
  return spec.type === 'select' ? spec.options.map(({ id, label }) => [id, label]) : [];
};

const asksForEmail = (questions: readonly Question[]): boolean => questions.some(({ spec }) => spec.type === 'email');

/** Whether the form can do what it says; else it is shown to nobody. */
export const isAnswerable = (form: Form, questions: readonly Question[]): boolean =>
  questions.length > 0 && (!form.doubleOptIn || asksForEmail(questions));

/** Where what was sent came from: hidden fields of the page, by key of the lead's field. */
export const originFields = {
  utmSource: 'utm_source',
  utmMedium: 'utm_medium',
  utmCampaign: 'utm_campaign',
  utmTerm: 'utm_term',
  utmContent: 'utm_content',
} as const;

/** Why a form cannot do what it says, for whoever builds it. */
export function formProblems(form: Form, offered: FieldSpecs, server: { readonly hasMail: boolean }): string[] {
  const questions = questionsOf(form, offered);
  const problems: string[] = [];
  if (questions.length === 0) problems.push('It asks for nothing yet. Add a field.');
  if (form.doubleOptIn && !asksForEmail(questions)) problems.push('Confirming by e-mail takes an e-mail field.');
  if (form.doubleOptIn && !server.hasMail) problems.push(noMailReason);
  if (form.consents.some(({ wording }) => wording === '')) problems.push('A consent has no words to agree to.');
  return problems;
}

/** Why double opt-in cannot be switched on. */
export const noMailReason =
  'This server sends no e-mail: an administrator has to set SMTP_URL and MAIL_FROM (docs/operate.md).';
