import * as v from 'valibot';
import { cleanLine, formLimits, readOrigin, readWebAddress } from './form.ts';
import { formLanguages } from './words.ts';

const line = (limit: number) => v.pipe(v.string(), v.maxLength(limit));
const someText = (limit: number) =>
  v.pipe(
    v.string(),
    v.maxLength(limit),
    v.check((text) => cleanLine(text, limit) !== '', 'must not be empty'),
  );

/** A question as it is sent: one that names an `id` keeps its place in the history. */
const fieldInput = v.strictObject({
  id: v.optional(v.string()),
  field: v.pipe(v.string(), v.description('Key of the lead’s field that it fills')),
  label: v.optional(line(formLimits.line), ''),
  help: v.optional(line(formLimits.text), ''),
  required: v.optional(v.boolean(), false),
  options: v.optional(
    v.pipe(
      v.array(someText(formLimits.line)),
      v.maxLength(formLimits.options),
      v.description('One of these is chosen instead of typed'),
    ),
    [],
  ),
});

const consentInput = v.strictObject({
  id: v.optional(v.string()),
  purpose: someText(60),
  wording: someText(formLimits.text),
  required: v.optional(v.boolean(), false),
});

/** What may be said of a form, all of it optional. */
export const formInput = {
  name: v.optional(someText(formLimits.name)),
  intro: v.optional(line(formLimits.text)),
  button: v.optional(line(60)),
  thanks: v.optional(line(formLimits.text)),
  redirect: v.optional(
    v.pipe(
      v.string(),
      v.check(
        (address) => address === '' || readWebAddress(address) !== '',
        'must be an address that begins with http:// or https://',
      ),
    ),
  ),
  language: v.optional(v.picklist(formLanguages)),
  doubleOptIn: v.optional(v.boolean()),
  active: v.optional(v.boolean()),
  origins: v.optional(
    v.pipe(
      v.array(
        v.pipe(
          v.string(),
          v.check((each) => readOrigin(each) !== null, 'must be such as https://www.example.com'),
        ),
      ),
      v.maxLength(formLimits.origins),
      v.description('Origins of the pages that may show it in a frame'),
    ),
  ),
  source: v.optional(line(formLimits.line)),
  fields: v.optional(v.pipe(v.array(fieldInput), v.maxLength(formLimits.fields))),
  consents: v.optional(v.pipe(v.array(consentInput), v.maxLength(formLimits.consents))),
} as const;

export const formReply = v.object({
  id: v.string(),
  name: v.string(),
  board: v.pipe(
    v.nullable(v.string()),
    v.description('The leads board that it makes leads on; it is shared as that is'),
  ),
  active: v.boolean(),
  intro: v.string(),
  button: v.string(),
  thanks: v.string(),
  redirect: v.string(),
  language: v.picklist(formLanguages),
  doubleOptIn: v.boolean(),
  origins: v.array(v.string()),
  source: v.string(),
  fields: v.array(
    v.object({
      id: v.string(),
      field: v.string(),
      label: v.string(),
      help: v.string(),
      required: v.boolean(),
      options: v.array(v.string()),
    }),
  ),
  consents: v.array(v.object({ id: v.string(), purpose: v.string(), wording: v.string(), required: v.boolean() })),
  url: v.pipe(v.string(), v.description('The page that anybody can fill in')),
  problems: v.pipe(v.array(v.string()), v.description('Why it cannot do what it says')),
  sendsMail: v.pipe(v.boolean(), v.description('Whether this server sends e-mail, which double opt-in takes')),
  by: v.string(),
  createdAt: v.number(),
  deletedAt: v.nullable(v.number()),
  access: v.picklist(['view', 'comment', 'edit']),
});

export const formLine = v.object({
  id: v.string(),
  name: v.string(),
  board: v.nullable(v.string()),
  active: v.boolean(),
  doubleOptIn: v.boolean(),
  language: v.picklist(formLanguages),
  url: v.string(),
  createdAt: v.number(),
  changedAt: v.number(),
  access: v.picklist(['view', 'comment', 'edit']),
});
