import { noticePage } from '@rapport/domain/forms/page';
import { formLanguages, wordsOf, type FormLanguage } from '@rapport/domain/forms/words';
import type { Context } from 'hono';
import { pageHeaders } from './page-headers.ts';

/** The reader's first language, where we speak it. */
export function preferredLanguage(c: Context): FormLanguage {
  const wanted = c.req.header('accept-language')?.slice(0, 2).toLowerCase();
  return formLanguages.find((each) => each === wanted) ?? 'en';
}

/** The same for a form that never was, one that is switched off and one that was deleted. */
export function noForm(c: Context): Response {
  pageHeaders(c);
  const language = preferredLanguage(c);
  const { goneTitle, gone } = wordsOf(language);
  return c.html(noticePage({ title: goneTitle, text: gone, language }), 404) as Response;
}
