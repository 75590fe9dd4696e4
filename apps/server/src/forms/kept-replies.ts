import { hiddenNames } from '@rapport/domain/forms/page';
import { keptPage, writtenIn } from '@rapport/domain/forms/kept-page';
import { wordsOf } from '@rapport/domain/forms/words';
import type { Context } from 'hono';
import type { Services } from '../services.ts';
import { frameOf, isFramed } from './form-replies.ts';
import { noForm, preferredLanguage } from './no-form.ts';
import { knownForm } from './open-form.ts';
import { pageHeaders } from './page-headers.ts';

/**
 * The answer to what was filled in on a page of a form that takes nothing any more: what they wrote, so that it is not
 * lost to them. Only whoever has a token that we gave out for this form learns that it was ever there.
 */
export async function closedForm(services: Services, c: Context, id: string, sent: URLSearchParams): Promise<Response> {
  if (!services.pageTokens.isPage(id, sent.get(hiddenNames.token) ?? '')) return noForm(c);
  const known = await knownForm(services, id);
  const language = known?.form.language ?? preferredLanguage(c);
  const { closedTitle, closed } = wordsOf(language);
  pageHeaders(c, { frames: known?.form.origins ?? [] });
  const page = keptPage({
    title: closedTitle,
    text: closed,
    written: writtenIn({ questions: known?.questions ?? [], consents: known?.form.consents ?? [] }, sent, language),
    language,
    host: known === null ? null : frameOf(known, sent.get(hiddenNames.host) ?? ''),
    isFramed: isFramed(c),
  });
  return c.html(page, 410) as Response;
}

/** The answer where something of ours failed, perhaps the very reading of the form: it asks the form for nothing. */
export function failedForm(services: Services, c: Context, id: string, sent: URLSearchParams | undefined): Response {
  pageHeaders(c);
  const language = preferredLanguage(c);
  const { notSentTitle, notSaved } = wordsOf(language);
  const isOurs = sent !== undefined && services.pageTokens.isPage(id, sent.get(hiddenNames.token) ?? '');
  const written = isOurs ? writtenIn({ questions: [], consents: [] }, sent, language) : [];
  return c.html(keptPage({ title: notSentTitle, text: notSaved, written, language }), 503) as Response;
}
