import { refuse } from '@rapport/domain/http/api-error.node';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { makeAskPassword } from '../account/ask-password.ts';
import { accountRoutes } from '../api/account-routes.ts';
import { apiKeyRoutes } from '../api/api-key-routes.ts';
import { auditRoutes } from '../api/audit-routes.ts';
import { invitationRoutes, joiningRoutes } from '../api/invitation-routes.ts';
import { keptRoutes } from '../api/kept-routes.ts';
import { memberRoutes } from '../api/member-routes.ts';
import { boardShareRoutes, shareRoutes } from '../api/share-routes.ts';
import { teamRoutes } from '../api/team-routes.ts';
import { passwordRoutes } from '../api/password-routes.ts';
import { sessionRoutes } from '../api/session-routes.ts';
import { twoFactorRoutes } from '../api/two-factor-routes.ts';
import { contentRoutes } from '../files/content-routes.ts';
import { purgeRoutes } from '../files/purge-routes.ts';
import { uploadRoutes } from '../files/upload-routes.ts';
import { publicForms } from '../forms/public-routes.ts';
import { submissionRoutes } from '../forms/submission-routes.ts';
import { erasureRoutes } from '../operate/erase/routes.ts';
import { restoreRoutes } from '../operate/restore/routes.ts';
import { operateRoutes } from '../operate/routes.ts';
import type { Services } from '../services.ts';
import { docsPage, openApi } from './api-docs.ts';
import { enterWorkspace, identify, type ApiEnv } from './api-context.ts';
import { onFailure } from './failures.ts';
import { health } from './health.ts';
import { idempotent } from './idempotent.ts';
import { makeRateLimit } from './rate-limit.ts';
import { requestLog } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';
import { signInRoutes } from './sign-in.ts';
import { webFiles } from './web-files.ts';

/** Everything that is HTTP: the API, accounts, documentation and the app's files, on one port. */
export function makeApp(services: Services, webFolder: string): Hono {
  const { config, publicUrl, log } = services;
  const { bodyBytes, uploadBytes } = config.limits;
  const app = new Hono();
  app.onError(onFailure(log));
  app.use(requestLog(log));
  app.use(services.metrics.countRequests);
  app.use(securityHeaders(publicUrl));

  const upTo = (maxSize: number) => (c: Context) => {
    // The rest of the body is not read, so this connection is of no more use.
    c.header('connection', 'close');
    return refuse(
      c,
      'too-large',
      `Nothing was done: this is larger than the ${(maxSize / 2 ** 20).toLocaleString('en')} MB that this server takes at once.`,
    );
  };
  const small = bodyLimit({ maxSize: bodyBytes, onError: upTo(bodyBytes) });
  const upload = bodyLimit({ maxSize: uploadBytes, onError: upTo(uploadBytes) });
  // Bytes of a file go to the disk as they come, up to a limit of their own.
  const isPiece = /^PATCH \/api\/v1\/w\/[^/]+\/uploads\/[^/]+$|^POST \/api\/v1\/w\/[^/]+\/restorations$/;
  app.use('/api/*', (c, next) => {
    if (isPiece.test(`${c.req.method} ${c.req.path}`)) return next();
    return c.req.header('content-type')?.startsWith('multipart/') === true ? upload(c, next) : small(c, next);
  });

  // Lists are long and repeat themselves; the app's own files lie compressed beside the originals. One thing is short,
  // and compressing it costs more than sending it.
  const packed = compress();
  app.use('/api/*', (c, next) => (c.req.method === 'GET' ? packed(c, next) : next()));

  app.get('/api/health', health(services));
  app.get('/metrics', services.metrics.serve);
  app.route('/api/auth', signInRoutes(services));
  app.route('/api/v1', makeApi(services));
  app.route('/api/docs', docsPage());
  app.all('/api/*', (c) => refuse(c, 'not-found', 'There is no such address in the API.'));
  app.route('/f', publicForms(services));
  app.route('/', webFiles(webFolder));
  return app;
}

function makeApi(services: Services): Hono<ApiEnv> {
  const { config, nouns, now } = services;
  const { requestsPerSecond, requestBurst } = config.limits;
  const api = new Hono<ApiEnv>();
  api.get('/openapi.json', openApi(api, services.version));
  api.use(identify(services, makeRateLimit({ perSecond: requestsPerSecond, burst: requestBurst, now })));
  api.use('/w/:ws/*', enterWorkspace(services));
  // Before the next line: a backup is a reply too large to be kept, and making another harms nobody.
  api.route('/w/:ws', operateRoutes(services));
  api.route('/w/:ws', erasureRoutes(services));
  api.route('/w/:ws', restoreRoutes(services));
  // Before it, too: bytes that come in pieces and are never read whole.
  api.route('/w/:ws/uploads', uploadRoutes(services));
  api.route('/w/:ws/files', contentRoutes(services));
  api.use(idempotent(services.idempotency));
  api.route('/w/:ws/files', purgeRoutes(services));

  const ask = makeAskPassword(services);
  api.route('/', accountRoutes(services));
  api.route('/me/sessions', sessionRoutes(services));
  api.route('/me/password', passwordRoutes(services, ask));
  api.route('/me/two-factor', twoFactorRoutes(services, ask));
  api.route('/invitations', joiningRoutes(services));
  api.route('/w/:ws', memberRoutes(services));
  api.route('/w/:ws/invitations', invitationRoutes(services));
  api.route('/w/:ws/api-keys', apiKeyRoutes(services));
  api.route('/w/:ws', auditRoutes(services));
  api.route('/w/:ws', keptRoutes(services));
  api.route('/w/:ws/teams', teamRoutes(services));
  api.route('/w/:ws/boards', boardShareRoutes(services));
  api.route('/w/:ws/shares', shareRoutes(services));
  api.route('/w/:ws/forms', submissionRoutes(services));
  for (const noun of nouns) if (noun.routes !== undefined) api.route('/w/:ws', noun.routes(services.nounDeps));
  return api;
}
