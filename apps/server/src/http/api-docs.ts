import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { Hono, type Env } from 'hono';
import { openAPIRouteHandler } from 'hono-openapi';

/** The OpenAPI 3.1 document of the routes in `api`, whose paths start at `/`. */
export function openApi<E extends Env>(api: Hono<E>, version: string) {
  return openAPIRouteHandler(api, {
    documentation: {
      openapi: '3.1.0',
      info: {
        title: 'Rapport',
        version,
        description:
          'Sign in at /api/auth (session cookie; changes need our Origin header) or send `Authorization: Bearer KEY`. ' +
          'Lists answer `{items, nextCursor, total}`; errors `{error: {code, message, fields?}}`. ' +
          'Writes take `Idempotency-Key`: the same key and request answer the first reply again for 24 hours.',
      },
      servers: [{ url: '/api/v1' }],
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'rapport.session_token' },
        },
      },
      security: [{ key: [] }, { session: [] }],
    },
    excludeStaticFile: false,
    defaultValidationErrorResponse: false,
  });
}

/** A readable page of the same document. Its script comes from this server, so nothing is loaded from elsewhere. */
export function docsPage(): Hono {
  const app = new Hono();
  app.get('/', (c) => {
    c.header('cache-control', 'no-cache');
    return c.html(page);
  });
  app.get('/reference.js', (c) => {
    const file = join(
      dirname(createRequire(import.meta.url).resolve('@scalar/api-reference')),
      'browser',
      'standalone.js',
    );
    c.header('cache-control', 'public, max-age=86400');
    c.header('content-type', 'text/javascript; charset=utf-8');
    return c.body(Readable.toWeb(createReadStream(file)) as ReadableStream);
  });
  return app;
}

const configuration = JSON.stringify({
  withDefaultFonts: false,
  showDeveloperTools: 'never',
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
});

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Rapport API</title>
  </head>
  <body>
    <script id="api-reference" data-url="/api/v1/openapi.json" data-configuration='${configuration}'></script>
    <script src="/api/docs/reference.js"></script>
  </body>
</html>`;
