import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

/** Vite names these by their content, so a copy is good for ever. */
const isNamedByContent = (path: string): boolean => path.includes('/assets/');

/** The built web app: its files, and its one page for every other address. `folder` is apps/web/dist. */
export function webFiles(folder: string): Hono {
  const app = new Hono();
  const page = join(folder, 'index.html');
  if (existsSync(folder))
    app.use(
      '*',
      serveStatic({
        root: folder,
        precompressed: true,
        // The page itself is answered below, for every address alike.
        index: '.no-index',
        onFound: (path, c) => {
          c.header('cache-control', isNamedByContent(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
        },
      }),
    );
  app.get('*', (c) => {
    const { path } = c.req;
    if (isNamedByContent(path)) return c.text('There is no such file.', 404);
    c.header('cache-control', 'no-cache');
    return existsSync(page) ? c.html(readFileSync(page, 'utf8')) : c.html(unbuiltPage, 503);
  });
  return app;
}

const unbuiltPage = `<!doctype html><meta charset="utf-8"><title>Rapport</title>
<p>The server is running, the app is not built yet. Run <code>npm start</code>, or <code>npm run dev</code> to work on it.</p>`;
