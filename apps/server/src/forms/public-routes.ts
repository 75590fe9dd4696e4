import { err } from '@rapport/doc/result';
import { checkAnswers } from '@rapport/domain/forms/check-answers';
import { isAnswerable } from '@rapport/domain/forms/offered-fields';
import { hiddenNames, noticePage, trapName } from '@rapport/domain/forms/page';
import { wordsOf } from '@rapport/domain/forms/words';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { addressOf, networkOf } from '../http/caller-address.ts';
import { makeRateLimit } from '../http/rate-limit.ts';
import type { Services } from '../services.ts';
import { hiddenFromForm, hiddenFromRequest } from './came-from.ts';
import { confirmRoutes } from './confirm-routes.ts';
import { frameOf, show, thank, type Shown } from './form-replies.ts';
import { closedForm, failedForm } from './kept-replies.ts';
import { noForm, preferredLanguage } from './no-form.ts';
import { openForm, type OpenForm } from './open-form.ts';
import { pageHeaders } from './page-headers.ts';
import { embedScript, framedScript } from './page-scripts.ts';
import { pageStyle } from './page-style.ts';
import { makeSingleFlight } from './single-flight.ts';
import { submit } from './submit.ts';

type Sent = (name: string) => string;
/** `sent` is what was filled in, from when it was read: also a failure shows it again. */
type PublicEnv = { Variables: { sent: URLSearchParams } };

/**
 * Public forms under `/f`: for strangers, without a session, a cookie or a script. Nothing here answers differently to
 * somebody who is signed in.
 */
export function publicForms(services: Services): Hono<PublicEnv> {
  const { config, now, pageTokens, publicUrl } = services;
  const { formBytes, formPerAddress, formPerForm } = config.limits;
  const byAddress = makeRateLimit({ perSecond: formPerAddress / 60, burst: formPerAddress, now });
  const byForm = makeRateLimit({ perSecond: formPerForm / 60, burst: formPerForm, now });
  const once = makeSingleFlight<Awaited<ReturnType<typeof submit>>>();

  const file = (c: Context, type: string, text: string, isForAll = false): Response => {
    c.header('content-type', `${type}; charset=utf-8`);
    c.header('cache-control', 'public, max-age=3600');
    if (isForAll) c.header('cross-origin-resource-policy', 'cross-origin');
    return c.body(text);
  };
  /** A file that cannot be written is no reason to lose what somebody typed. */
  const submitted = async (...what: Parameters<typeof submit> extends [unknown, ...infer Rest] ? Rest : never) => {
    try {
      return await submit(services, ...what);
    } catch (error) {
      return err(error instanceof Error ? error.message : String(error));
    }
  };
  /** Open to whoever asks, or to whoever tries it with a link of the builder. */
  const available = async (
    id: string,
    test: string | undefined,
  ): Promise<{ open: OpenForm; isTest: boolean } | null> => {
    const open = await openForm(services, id);
    if (open === null || !isAnswerable(open.form, open.questions)) return null;
    const isTest = test !== undefined && pageTokens.isTest(id, test);
    return isTest || open.form.isActive ? { open, isTest } : null;
  };

  const app = new Hono<PublicEnv>();
  // Strangers are shown a page, not the API's errors.
  app.onError((error, c) => {
    services.log.error({ route: c.req.routePath, error: { name: error.name, stack: error.stack } }, 'a form failed');
    return failedForm(services, c, c.req.param('id') ?? '', c.get('sent'));
  });
  app.get('/form.css', (c) => file(c, 'text/css', pageStyle));
  app.get('/framed.js', (c) => file(c, 'text/javascript', framedScript));
  app.get('/:id/embed.js', (c) => file(c, 'text/javascript', embedScript, true));
  app.route('/', confirmRoutes(services));

  app.get('/:id', async (c) => {
    const id = c.req.param('id');
    const test = c.req.query('test');
    const found = await available(id, test);
    if (found === null) return noForm(c);
    const host = frameOf(found.open, c.req.query('host') ?? '');
    const hidden = {
      [hiddenNames.token]: pageTokens.page(id),
      ...hiddenFromRequest((name) => c.req.query(name), {
        referer: c.req.header('referer'),
        own: `${publicUrl}/f/${id}`,
      }),
      ...(host === null ? {} : { [hiddenNames.host]: host }),
      ...(found.isTest && test !== undefined ? { [hiddenNames.test]: test } : {}),
    };
    return show(c, found.open, { hidden });
  });

  const tooLarge = (c: Context): Response => {
    c.header('connection', 'close');
    pageHeaders(c);
    const language = preferredLanguage(c);
    const { notSentTitle, tooLong } = wordsOf(language);
    return c.html(
      noticePage({ title: notSentTitle, text: tooLong.replace('{n}', String(formBytes)), language }),
      413,
    ) as Response;
  };
  app.post('/:id', bodyLimit({ maxSize: formBytes, onError: tooLarge }), async (c) => {
    const id = c.req.param('id');
    const body = new URLSearchParams(await c.req.text());
    c.set('sent', body);
    const sent: Sent = (name) => body.get(name) ?? '';
    const found = await available(id, body.get(hiddenNames.test) ?? undefined);
    if (found === null) return closedForm(services, c, id, body);
    const { open, isTest } = found;
    const { form, questions, workspace } = open;
    const words = wordsOf(form.language);
    const answers = checkAnswers({ questions, consents: form.consents }, sent, words);
    const came = hiddenFromForm(sent);
    const host = frameOf(open, sent(hiddenNames.host));
    const again = (token: string, shown: Omit<Shown, 'hidden'>): Response =>
      show(c, open, {
        typed: answers.typed,
        ...shown,
        hidden: {
          [hiddenNames.token]: token,
          ...came,
          ...(host === null ? {} : { [hiddenNames.host]: host }),
          ...(isTest ? { [hiddenNames.test]: sent(hiddenNames.test) } : {}),
        },
      });
    const token = sent(hiddenNames.token).slice(0, 200);
    const address = addressOf(c, config.trustProxy);
    for (const turn of [byAddress.take(`${id} ${address}`), byForm.take(id)])
      if (!turn.ok) {
        c.header('retry-after', String(turn.retryAfterSeconds));
        return again(token, { notice: words.tooMany, status: 429 });
      }
    const network = networkOf(address);
    if (sent(trapName) !== '') {
      // It looks as if it had been taken, so that the program that wrote it does not try otherwise.
      workspace.forms.add({ id: services.newId(), form: id, at: now(), state: 'spam', network });
      return thank(c, open, host, form.doubleOptIn ? 'check-mail' : 'lead');
    }
    const state = pageTokens.stateOf(id, token);
    const fresh = state === 'too-old' ? pageTokens.page(id) : token;
    if (Object.keys(answers.errors).length > 0) return again(fresh, { errors: answers.errors, status: 422 });
    if (state !== 'good')
      return again(fresh, { notice: state === 'too-fast' ? words.tooFast : words.tooOld, status: 422 });
    if (isTest) {
      workspace.forms.add({ id: services.newId(), form: id, at: now(), state: 'test', network });
      return thank(c, open, host, 'test');
    }
    const key = pageTokens.fingerprint(id, token, JSON.stringify(answers.typed));
    const outcome = await once(key, () =>
      submitted(open, answers, { hidden: came, network, once: key, pageAt: pageTokens.madeAt(id, token) }),
    );
    if (outcome.ok) return thank(c, open, host, outcome.value);
    services.log.warn({ workspace: workspace.id, form: id, why: outcome.error }, 'a form could not make a lead');
    return again(token, { notice: words.notSaved, status: 503 });
  });
  return app;
}
