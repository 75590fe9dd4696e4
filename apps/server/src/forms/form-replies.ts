import type { Answers } from '@rapport/domain/forms/check-answers';
import { formPage, hiddenNames, noticePage } from '@rapport/domain/forms/page';
import { wordsOf } from '@rapport/domain/forms/words';
import type { Context } from 'hono';
import type { OpenForm } from './open-form.ts';
import { pageHeaders } from './page-headers.ts';

/** Whether a browser asks for what is shown in a frame; one that does not say so asks for a page. */
export const isFramed = (c: Context): boolean => c.req.header('sec-fetch-dest') === 'iframe';

/** What a form's page shows besides the form. */
export type Shown = Partial<Pick<Answers, 'typed' | 'errors'>> & {
  readonly notice?: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly status?: 200 | 422 | 429 | 503;
};

/** The page that may frame it and hear of its height; it is believed only where the form names it. */
export const frameOf = ({ form }: Pick<OpenForm, 'form'>, host: string): string | null =>
  form.origins.find((each) => each === host) ?? null;

/** The form, with what was typed and what is wrong with it. */
export function show(c: Context, open: OpenForm, shown: Shown): Response {
  const { form, questions, id } = open;
  const { hidden, typed = {}, errors = {}, notice = null, status = 200 } = shown;
  pageHeaders(c, { frames: form.origins, goal: form.redirect });
  const page = formPage(form, questions, {
    action: `/f/${id}`,
    typed,
    errors,
    notice,
    hidden,
    host: frameOf(open, hidden[hiddenNames.host] ?? ''),
    isFramed: isFramed(c),
    isTest: hidden[hiddenNames.test] !== undefined,
  });
  return c.html(page, status) as Response;
}

/** Says what became of what was sent, or leads on to where the form says. */
export function thank(
  c: Context,
  open: OpenForm,
  host: string | null,
  outcome: 'lead' | 'check-mail' | 'test',
): Response {
  const { form } = open;
  const words = wordsOf(form.language);
  const goesOn = form.redirect !== '' && outcome === 'lead';
  // A page that leads elsewhere would open in the frame, where most sites refuse to be shown.
  if (goesOn && !isFramed(c)) return c.redirect(form.redirect, 303);
  pageHeaders(c, { frames: form.origins });
  const title = outcome === 'check-mail' ? words.checkMailTitle : words.thanksTitle;
  const said = {
    lead: form.thanks === '' ? words.thanks : form.thanks,
    'check-mail': words.checkMail,
    test: words.testDone,
  };
  return c.html(
    noticePage({
      title,
      text: said[outcome],
      language: form.language,
      host,
      isFramed: isFramed(c),
      ...(goesOn ? { redirect: form.redirect, goOn: { href: form.redirect, label: words.goOn } } : {}),
    }),
  ) as Response;
}
