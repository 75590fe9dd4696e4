import { describe, expect, test } from 'vitest';
import { fieldsOf, withBoardApi } from './board-api-fixture.ts';
import { caller, joinAs, makeKey, signUp } from './server-fixture.ts';
import { until } from './stock-client.ts';

const { at, api, makeBoard, makeDeal, connect } = withBoardApi();

describe('who may', () => {
  test('viewers read and cannot write, neither over the API nor by sync', async () => {
    const board = await makeBoard('Viewed');
    const id = await makeDeal(board, 'Kept');
    const viewer = await joinAs(at.server, at.ana, at.workspace.path, 'Vera', 'viewer');
    const viewed = (method: string, path: string, body?: unknown) =>
      viewer.call(method, at.workspace.path + path, body);
    expect((await viewed('GET', `/deals/${id}`)).body['title']).toBe('Kept');
    expect((await viewed('GET', '/data-quality')).status).toBe(200);
    const { Next } = board.stages;
    const writes: [string, string, unknown?][] = [
      ['POST', '/boards', { name: 'X' }],
      ['PATCH', `/boards/${board.id}`, { name: 'X' }],
      ['POST', `/boards/${board.id}/stages`, { name: 'X' }],
      ['PATCH', `/boards/${board.id}/stages/${Next}`, { name: 'X' }],
      ['DELETE', `/boards/${board.id}/stages/${Next}`],
      ['POST', '/deals', { board: board.id, title: 'X' }],
      ['PATCH', `/deals/${id}`, { title: 'X' }],
      ['POST', `/deals/${id}/move`, { stage: Next }],
      ['POST', '/deals/transfer', { ids: [id], board: board.id, stage: Next }],
      ['DELETE', `/deals/${id}`],
      // Permission comes before existence, and before what is wrong with the request.
      ['PATCH', '/deals/ghost', { nonsense: 1 }],
      ['DELETE', '/deals/ghost'],
    ];
    for (const [method, path, body] of writes)
      expect([method, path, ...fieldsOf(await viewed(method, path, body))]).toEqual([
        method,
        path,
        403,
        'forbidden',
        undefined,
      ]);
    const viewerKey = await makeKey(viewer, at.workspace.path, 'viewer');
    const [reader, writer] = [await connect(board, viewerKey.key), await connect(board)];
    reader.card(id).set('title', 'Painted over');
    reader.doc.getMap('cards').set('mine', 'x');
    writer.card(id).set('owner', 'm9');
    await until(() => reader.card(id).get('owner') === 'm9');
    expect(writer.card(id).get('title')).toBe('Kept');
    expect((await api('GET', `/deals/${id}`)).body).toMatchObject({ title: 'Kept', owner: 'm9' });
  });

  test('strangers hear the same of a deal that is there and of one that is not', async () => {
    const board = await makeBoard('Closed');
    const id = await makeDeal(board, 'Secret');
    const stranger = await signUp(at.server, 'Strange');
    const replies = await Promise.all(
      [id, 'ghost'].map((each) => stranger.call('GET', `${at.workspace.path}/deals/${each}`)),
    );
    expect(replies.map(({ status }) => status)).toEqual([403, 403]);
    expect(replies[0]?.body).toEqual(replies[1]?.body);
    expect((await caller(at.server)('GET', `${at.workspace.path}/deals/${id}`)).status).toBe(401);
  });

  test('all of it is in the API’s own description', async () => {
    const { body } = await caller(at.server)('GET', '/api/v1/openapi.json');
    const paths = body['paths'] as Record<string, Record<string, unknown>>;
    const calls = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(calls).toEqual(
      expect.arrayContaining([
        'get /w/{ws}/boards',
        'delete /w/{ws}/boards/{id}/stages/{stage}',
        'post /w/{ws}/deals',
        'post /w/{ws}/deals/transfer',
        'post /w/{ws}/deals/{id}/move',
        'get /w/{ws}/data-quality',
      ]),
    );
  });
});
