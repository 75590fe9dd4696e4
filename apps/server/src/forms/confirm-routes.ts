import { html } from '@rapport/domain/forms/markup';
import { noticePage, wholePage } from '@rapport/domain/forms/page';
import { wordsOf } from '@rapport/domain/forms/words';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { addressOf, networkOf } from '../http/caller-address.ts';
import { makeRateLimit } from '../http/rate-limit.ts';
import type { Services } from '../services.ts';
import { noForm } from './no-form.ts';
import { openForm, type OpenForm } from './open-form.ts';
import { pageHeaders } from './page-headers.ts';
import { makeSingleFlight } from './single-flight.ts';
import { confirmSubmission, isConfirmable } from './submit.ts';

/**
 * Where the link in an e-mail leads: a page with a button. Opening it changes nothing, because programs that look into
 * mails open every link. It works while the form is switched off, too: what was sent was sent.
 */
export function confirmRoutes(services: Services): Hono {
  const { config, log, now } = services;
  const { formPerAddress } = config.limits;
  const byAddress = makeRateLimit({ perSecond: formPerAddress / 60, burst: formPerAddress, now });
  const once = makeSingleFlight<Awaited<ReturnType<typeof confirmSubmission>>>();
  const say = (c: Context, open: OpenForm, title: string, text: string, status: 200 | 410 | 429 | 503): Response => {
    pageHeaders(c);
    const { language } = open.form;
    const { goOn } = wordsOf(language);
    const way = status === 410 && open.form.isActive ? { goOn: { href: `/f/${open.id}`, label: goOn } } : {};
    return c.html(noticePage({ title, text, language, ...way }), status) as Response;
  };
  const gone = (c: Context, open: OpenForm): Response => {
    const { linkGoneTitle, linkGone } = wordsOf(open.form.language);
    return say(c, open, linkGoneTitle, linkGone, 410);
  };

  const app = new Hono();
  app.get('/:id/confirm', async (c) => {
    const open = await openForm(services, c.req.param('id'));
    if (open === null) return noForm(c);
    const token = c.req.query('token') ?? '';
    if (!isConfirmable(services, open, token)) return gone(c, open);
    const words = wordsOf(open.form.language);
    pageHeaders(c);
    const page = wholePage(
      { title: words.confirmTitle, language: open.form.language, host: null },
      html`<h1>${words.confirmTitle}</h1>
        <p class="intro"><b dir="auto">${open.form.name}</b></p>
        <p class="intro">${words.confirmAsk}</p>
        <form method="post" action="/f/${open.id}/confirm">
          <input type="hidden" name="token" value="${token}" />
          <button type="submit">${words.confirm}</button>
        </form>`,
    );
    return c.html(page) as Response;
  });
  app.post('/:id/confirm', bodyLimit({ maxSize: 4096 }), async (c) => {
    const open = await openForm(services, c.req.param('id'));
    if (open === null) return noForm(c);
    const words = wordsOf(open.form.language);
    const address = addressOf(c, config.trustProxy);
    const turn = byAddress.take(address);
    if (!turn.ok) {
      c.header('retry-after', String(turn.retryAfterSeconds));
      return say(c, open, words.confirmTitle, words.tooMany, 429);
    }
    const token = new URLSearchParams(await c.req.text()).get('token') ?? '';
    const outcome = await once(token, () => confirmSubmission(services, open, token, networkOf(address)));
    if (!outcome.ok) {
      log.warn({ workspace: open.workspace.id, form: open.id, why: outcome.error }, 'a form could not make a lead');
      return say(c, open, words.confirmTitle, words.notSaved, 503);
    }
    if (outcome.value === 'gone') return gone(c, open);
    return say(c, open, words.confirmedTitle, open.form.thanks === '' ? words.confirmed : open.form.thanks, 200);
  });
  return app;
}
