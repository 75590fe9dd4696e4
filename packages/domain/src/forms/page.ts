import { consentName } from './check-answers.ts';
import type { Form } from './form.ts';
import { html, type Markup, paragraphs } from './markup.ts';
import { choicesOf, originFields, type Question } from './offered-fields.ts';
import { directionOf, wordsOf, type FormLanguage, type FormWords } from './words.ts';

/** What stands on a form's page besides the form itself. All of it is text of strangers and is escaped. */
export interface FormView {
  readonly action: string;
  /** By name of the field on the page: what to show again. */
  readonly typed: Readonly<Record<string, string>>;
  /** By the same names: what is wrong. */
  readonly errors: Readonly<Record<string, string>>;
  /** One sentence above the form. */
  readonly notice: string | null;
  /** Fields that nobody sees, by name: see {@link hiddenNames}. */
  readonly hidden: Readonly<Record<string, string>>;
  /** Origin of the page that shows it in a frame and wants to hear of its height; null: nobody does. */
  readonly host: string | null;
  /** Whether it stands in a frame, where it has neither margin nor background. */
  readonly isFramed: boolean;
  readonly isTest: boolean;
}

/** Names of hidden fields. They begin unlike any field's key. */
export const hiddenNames = {
  token: '_t',
  test: '_test',
  host: '_host',
  referrer: '_referrer',
  landingPage: '_landing_page',
  ...Object.fromEntries(Object.values(originFields).map((name) => [name, `_${name}`])),
} as const;

/** Where programs that fill in everything give themselves away. */
export const trapName = '_website';

const autocompletes: Readonly<Record<string, string>> = {
  name: 'name',
  email: 'email',
  phone: 'tel',
  companyName: 'organization',
  jobTitle: 'organization-title',
  website: 'url',
  country: 'country-name',
};

/** A whole page: strict about what it loads, known to no search engine. */
export function wholePage(
  page: { title: string; language: FormLanguage; host: string | null; isFramed?: boolean; redirect?: string },
  body: Markup | readonly Markup[],
): string {
  const { title, language, host, isFramed = false, redirect } = page;
  return html`<!doctype html>
    <html lang="${language}" dir="${directionOf(language)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="same-origin" />
        <title>${title}</title>
        <link rel="stylesheet" href="/f/form.css" />
        ${
          host === null
            ? null
            : html`<script
                src="/f/framed.js"
                defer
                data-host="${host}"
                ${redirect === undefined ? null : html`data-redirect="${redirect}"`}
              ></script>`
        }
      </head>
      <body class="${isFramed ? 'framed' : 'alone'}">
        <main>${body}</main>
      </body>
    </html>`.text;
}

/** A page that says one thing: thanks, or that there is nothing here. */
export const noticePage = (page: {
  title: string;
  text: string;
  language: FormLanguage;
  host?: string | null;
  isFramed?: boolean;
  redirect?: string;
  goOn?: { readonly href: string; readonly label: string };
}): string =>
  wholePage(
    { host: null, ...page },
    html`<h1 dir="auto">${page.title}</h1>
      <div role="status">${paragraphs(page.text, 'said')}</div>
      ${
        page.goOn === undefined
          ? null
          : html`<p>
              <a class="button" href="${page.goOn.href}" target="_top" rel="noreferrer">${page.goOn.label}</a>
            </p>`
      }`,
  );

/** The form as a page; it works without any script. */
export function formPage(form: Form, questions: readonly Question[], view: FormView): string {
  const words = wordsOf(form.language);
  const wrong = Object.entries(view.errors);
  return wholePage(
    { title: form.name, language: form.language, host: view.host, isFramed: view.isFramed },
    html`<h1 dir="auto">${form.name}</h1>
      ${paragraphs(form.intro, 'intro')}
      ${view.isTest ? html`<p class="notice" role="status">${words.isTest}</p>` : null}
      ${
        view.notice === null && wrong.length === 0
          ? null
          : html`<div class="notice bad" role="alert" tabindex="-1" autofocus>
              <p>${view.notice ?? words.notSent}</p>
              <ul>
                ${wrong.map(
                  ([name, problem]) =>
                    html`<li><a href="#${idOf(name)}">${labelOf(form, questions, name)}: ${problem}</a></li>`,
                )}
              </ul>
            </div>`
      }
      <form method="post" action="${view.action}" accept-charset="utf-8">
        ${Object.entries(view.hidden).map(
          ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
        )}
        <p class="away" aria-hidden="true">
          <label for="q${trapName}">${words.leaveEmpty}</label>
          <input id="q${trapName}" name="${trapName}" type="text" value="" tabindex="-1" autocomplete="off" />
        </p>
        ${questions.map((question) => questionPart(question, view, words))}
        ${form.consents
          .filter(({ wording }) => wording !== '')
          .map(({ id, wording, required }) =>
            boxPart({ name: consentName(id), label: wording, required, help: '' }, view, words),
          )}
        <p><button type="submit">${form.button === '' ? words.send : form.button}</button></p>
      </form>`,
  );
}

const idOf = (name: string): string => `q-${name}`;

const labelOf = (form: Form, questions: readonly Question[], name: string): string =>
  questions.find(({ field }) => field === name)?.label ??
  form.consents.find(({ id }) => consentName(id) === name)?.wording ??
  name;

/** What every question has: description and error by id, and what was typed before. */
function about(name: string, help: string, view: FormView) {
  const id = idOf(name);
  const error = view.errors[name];
  const described = [...(help === '' ? [] : [`${id}-h`]), ...(error === undefined ? [] : [`${id}-e`])].join(' ');
  return {
    id,
    value: view.typed[name] ?? '',
    marks: html`${described === '' ? null : html`aria-describedby="${described}"`}
    ${error === undefined ? null : html`aria-invalid="true"`}`,
    help: help === '' ? null : html`<p class="help" id="${id}-h" dir="auto">${help}</p>`,
    error: error === undefined ? null : html`<p class="error" id="${id}-e">${error}</p>`,
  };
}

function questionPart(question: Question, view: FormView, words: FormWords): Markup {
  const { field: name, label, help, required, spec } = question;
  if (spec.type === 'checkbox') return boxPart({ name, label, help, required }, view, words);
  const { id, value, marks, help: helpPart, error } = about(name, help, view);
  const demand = required ? html`required` : null;
  const choices = choicesOf(question);
  const complete = html`autocomplete="${autocompletes[name] ?? 'off'}"`;
  const control =
    choices.length > 0
      ? html`<select id="${id}" name="${name}" ${marks} ${demand}>
          <option value="">${words.choose}</option>
          ${choices.map(
            ([key, text]) => html`<option value="${key}" ${value === key ? html`selected` : null}>${text}</option>`,
          )}
        </select>`
      : spec.type === 'longText'
        ? html`<textarea id="${id}" name="${name}" rows="5" dir="auto" ${marks} ${demand}>${value}</textarea>`
        : html`<input
            id="${id}"
            name="${name}"
            ${typeOf(spec.type)}
            value="${value}"
            ${
              spec.type === 'email' || spec.type === 'phone' || spec.type === 'url' ? html`dir="ltr"` : html`dir="auto"`
            }
            ${complete}
            ${marks}
            ${demand}
          />`;
  return html`<div class="q${error === null ? '' : ' wrong'}">
    <label for="${id}"><span dir="auto">${label}</span>${required ? null : optional(words)}</label>
    ${helpPart}${control}${error}
  </div>`;
}

const optional = (words: FormWords): Markup => html` <span class="optional">(${words.optional})</span>`;

function boxPart(
  box: { name: string; label: string; help: string; required: boolean },
  view: FormView,
  words: FormWords,
): Markup {
  const { id, value, marks, help, error } = about(box.name, box.help, view);
  return html`<div class="q${error === null ? '' : ' wrong'}">
    <div class="box">
      <input
        id="${id}"
        name="${box.name}"
        type="checkbox"
        value="on"
        ${value === 'on' ? html`checked` : null}
        ${marks}
        ${box.required ? html`required` : null}
      />
      <label for="${id}"><span dir="auto">${box.label}</span>${box.required ? null : optional(words)}</label>
    </div>
    ${help}${error}
  </div>`;
}

function typeOf(type: Question['spec']['type']): Markup {
  if (type === 'email') return html`type="email"`;
  if (type === 'phone') return html`type="tel"`;
  if (type === 'date') return html`type="date"`;
  // As text: people type addresses without https://, and figures in their own way.
  if (type === 'url') return html`type="text" inputmode="url"`;
  return type === 'number' ? html`type="text" inputmode="decimal"` : html`type="text"`;
}
