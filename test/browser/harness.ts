import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type TestServer, openServer } from '../system/server-fixture.ts';
import { launchChromium } from './chromium.ts';
import { builtWeb } from './web-build.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const desktop = { width: 1440, height: 900 };

/** A signed-up person with a browser of their own. */
export interface BrowserPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Calls the API as this person; throws when it refuses. */
  api<T>(method: string, path: string, body?: unknown): Promise<T>;
}

/** Two people in one workspace with one board. */
export interface Pair {
  readonly host: BrowserPerson;
  readonly guest: BrowserPerson;
  readonly workspaceId: string;
  readonly boardId: string;
  /** Of the workspace, in the app. */
  readonly home: string;
  /** Of the board, in the app. */
  readonly path: string;
  /** Of the workspace's API. */
  readonly api: string;
}

/** A real server with the built app, and real browsers. Close it in `afterAll`. */
export interface Rapport {
  readonly url: string;
  readonly server: TestServer;
  readonly browser: Browser;
  /** A browser profile that knows nobody. */
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** Signs somebody up through the API; the page is blank. */
  newPerson(name: string, options?: BrowserContextOptions): Promise<BrowserPerson>;
  /** Makes a workspace of this person with one board and answers their ids. */
  newWorkspace(person: BrowserPerson, name?: string): Promise<{ workspaceId: string; boardId: string; path: string }>;
  /** Two people in a workspace of the first; the other is a member. */
  newPair(hostName: string, guestName: string): Promise<Pair>;
  /** Lets somebody into a workspace, by the API. */
  join(host: BrowserPerson, guest: BrowserPerson, workspaceId: string, role?: string): Promise<void>;
  /** What pages threw so far; a test that ends well leaves it empty. */
  readonly pageErrors: readonly string[];
  close(): Promise<void>;
}

export const testPassword = 'correct horse battery';

/** Builds the app if need be, starts a server on a free port with an empty folder, and a Chromium. `webFolder` is another build, `env` are settings. */
export async function startRapport(
  options: { webFolder?: string; env?: Record<string, string> } = {},
): Promise<Rapport> {
  const webFolder = options.webFolder ?? (await builtWeb());
  const server = await openServer({
    ...(options.env === undefined ? {} : { env: options.env }),
    replace: { webFolder },
  });
  const browser = await launchChromium();
  const pageErrors: string[] = [];
  let people = 0;

  const newContext = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ baseURL: server.url, viewport: desktop, ...options });
    context.on('weberror', (error) => pageErrors.push(error.error().stack ?? error.error().message));
    return context;
  };
  const newPerson: Rapport['newPerson'] = async (name, options) => {
    const context = await newContext(options);
    const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}-${++people}@rapport.example`;
    const api = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
      const answer = await context.request.fetch(path, {
        method,
        headers: { origin: server.url },
        ...(body === undefined ? {} : { data: body }),
      });
      if (!answer.ok()) throw new Error(`${method} ${path} answered ${answer.status()}: ${await answer.text()}`);
      return (answer.status() === 204 ? undefined : await answer.json()) as T;
    };
    await api('POST', '/api/auth/sign-up/email', { name, email, password: testPassword });
    return { name, email, password: testPassword, context, page: await context.newPage(), api };
  };

  const newWorkspace: Rapport['newWorkspace'] = async (person, name = 'Frostvale') => {
    const { id: workspaceId } = await person.api<{ id: string }>('POST', '/api/v1/workspaces', { name });
    const base = `/api/v1/w/${workspaceId}`;
    const { items } = await person.api<{ items: { id: string }[] }>('GET', `${base}/boards`);
    const board =
      items[0] ?? (await person.api<{ id: string }>('POST', `${base}/boards`, { name: 'New business', kind: 'deals' }));
    return { workspaceId, boardId: board.id, path: `/w/${workspaceId}/b/${board.id}` };
  };
  const join: Rapport['join'] = async (host, guest, workspaceId, role = 'member') => {
    const { token } = await host.api<{ token: string }>('POST', `/api/v1/w/${workspaceId}/invitations`, { role });
    await guest.api('POST', `/api/v1/invitations/${token}/accept`, {});
  };
  const newPair: Rapport['newPair'] = async (hostName, guestName) => {
    const host = await newPerson(hostName);
    const guest = await newPerson(guestName);
    const made = await newWorkspace(host);
    await join(host, guest, made.workspaceId);
    const home = `/w/${made.workspaceId}`;
    return { host, guest, ...made, home, api: `/api/v1${home}` };
  };

  return {
    url: server.url,
    server,
    browser,
    newContext,
    newPerson,
    newWorkspace,
    newPair,
    join,
    pageErrors,
    async close() {
      await browser.close();
      await server.stop();
    },
  };
}

/** What axe finds wrong on a page by WCAG 2.2 A and AA, one line each; empty is clean. */
export async function axeClean(page: Page): Promise<string[]> {
  // Half-faded text has half its contrast: what comes in is judged when it is there.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .map(({ effect, finished }) => (effect?.getTiming().iterations === Infinity ? null : finished)),
    ),
  );
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    interface Found {
      violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
    }
    const { axe } = globalThis as unknown as { axe: { run: (what: unknown) => Promise<Found> } };
    const { violations } = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}\n  ${html.slice(0, 200)}\n  ${failureSummary}`),
    );
  });
}
