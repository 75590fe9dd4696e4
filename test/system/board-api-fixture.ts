import { laneOf } from '@rapport/domain/boards/board';
import { afterAll, beforeAll, expect } from 'vitest';
import {
  caller,
  makeKey,
  makeWorkspace,
  openServer,
  signUp,
  type Person,
  type Reply,
  type TestServer,
} from './server-fixture.ts';
import { stockClient, type StockClient } from './stock-client.ts';

export interface Board {
  readonly id: string;
  readonly doc: string;
  /** Ids by name. */
  readonly stages: Record<string, string>;
}

/** A server on which Ana has a workspace, there from `beforeAll` on. */
export interface BoardApi {
  server: TestServer;
  ana: Person;
  workspace: { id: string; path: string };
  /** Ana's key, as a member; and a program with it. */
  key: { id: string; key: string };
  program: Person['call'];
  /** Ids of three people whom deals may belong to. */
  owners: readonly string[];
}

const stageList = [{ name: 'Open' }, { name: 'Next' }, { name: 'Won', kind: 'won' }, { name: 'Lost', kind: 'lost' }];

export const fieldsOf = ({ status, body }: Reply) => [status, body.error?.code, body.error?.fields];
export const lane = (client: StockClient, stageId: string) => laneOf(client.doc, stageId).map(({ id }) => id);

/** What tests of the API of boards and deals stand on. */
export function withBoardApi() {
  const at = {} as BoardApi;
  const clients: StockClient[] = [];
  beforeAll(async () => {
    at.server = await openServer({ env: { LIMIT_REQUESTS_PER_SECOND: '100000', LIMIT_REQUEST_BURST: '100000' } });
    at.ana = await signUp(at.server, 'Ana');
    at.workspace = await makeWorkspace(at.ana);
    at.owners = at.server.services.members.ensurePending(at.workspace.id, ['Bo', 'Cy', 'Di']).map(({ id }) => id);
    at.key = await makeKey(at.ana, at.workspace.path, 'member');
    at.program = caller(at.server, { authorization: `Bearer ${at.key.key}` });
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await at.server.stop();
  });
  const api = (method: string, path: string, body?: unknown): Promise<Reply> =>
    at.ana.call(method, at.workspace.path + path, body);
  return {
    at,
    api,
    async makeBoard(name: string, stages: readonly object[] = stageList): Promise<Board> {
      const { status, body } = await api('POST', '/boards', { name, stages });
      expect(status).toBe(201);
      const listed = body['stages'] as { id: string; name: string }[];
      return {
        id: String(body['id']),
        doc: String(body['doc']),
        stages: Object.fromEntries(listed.map((each) => [each.name, each.id])),
      };
    },
    async makeDeal(board: Board, title: string, more: object = {}): Promise<string> {
      const { status, body } = await api('POST', '/deals', { board: board.id, title, ...more });
      expect([status, body.error]).toEqual([201, undefined]);
      return String(body['id']);
    },
    /** A stock client of the board's document, with the program's key or another. */
    async connect(board: Board, token = at.key.key): Promise<StockClient> {
      const client = await stockClient(at.server.url, at.workspace.id, board.doc, token);
      clients.push(client);
      return client;
    },
  };
}
