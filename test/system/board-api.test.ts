import { describe, expect, test } from 'vitest';
import { fieldsOf, lane, withBoardApi } from './board-api-fixture.ts';
import { until } from './stock-client.ts';

const { at, api, makeBoard, makeDeal, connect } = withBoardApi();

describe('boards and stages', () => {
  test('are made, read, changed and listed; a new at.workspace has one', async () => {
    const first = (await api('GET', '/boards')).body.items ?? [];
    expect(first[0]).toMatchObject({ name: 'New business', kind: 'deals', doc: expect.stringMatching(/^board\//) });
    const board = await makeBoard('Renewals');
    expect((await api('PATCH', `/boards/${board.id}`, { name: 'Upsell', currency: 'USD' })).body).toMatchObject({
      name: 'Upsell',
      currency: 'USD',
    });
    expect(fieldsOf(await api('PATCH', `/boards/${board.id}`, { currency: 'dollars' }))).toEqual([
      400,
      'invalid',
      { currency: expect.any(String) },
    ]);
    expect((await api('GET', '/boards?q=upse')).body.items?.map(({ id }) => id)).toEqual([board.id]);
    expect((await api('GET', `/boards/${board.id}`)).body['stages']).toHaveLength(4);
    expect((await api('GET', '/boards/none')).status).toBe(404);
    expect((await api('POST', '/boards', { name: 'D' })).body['stages']).toHaveLength(7);
  });

  test('stages are added, changed, reordered and deleted with their deals going where one says', async () => {
    const board = await makeBoard('Stages');
    const path = `/boards/${board.id}/stages`;
    const names = async () => ((await api('GET', path)).body.items ?? []).map((stage) => stage['name']);
    const added = await api('POST', path, { name: 'Demo', probability: 40, rotDays: 7, before: board.stages['Next'] });
    const id = String(added.body['id']);
    expect(added.body).toMatchObject({ name: 'Demo', kind: 'open', probability: 40, rotDays: 7 });
    expect(await names()).toEqual(['Open', 'Demo', 'Next', 'Won', 'Lost']);
    expect(
      (await api('PATCH', `${path}/${id}`, { name: 'Trial', colour: '3', before: board.stages['Open'] })).body,
    ).toMatchObject({ name: 'Trial', colour: '3' });
    expect(await names()).toEqual(['Trial', 'Open', 'Next', 'Won', 'Lost']);
    const deal = await makeDeal(board, 'In it', { stage: id });
    expect((await api('DELETE', `${path}/${id}`)).status).toBe(400);
    expect(fieldsOf(await api('DELETE', `${path}/${id}?to=${board.stages['Lost']}`))).toEqual([
      400,
      'invalid',
      { lostReason: expect.any(String) },
    ]);
    expect((await api('DELETE', `${path}/${id}?to=${board.stages['Next']}`)).status).toBe(204);
    expect((await api('GET', `/deals/${deal}`)).body['stage']).toBe(board.stages['Next']);
    expect((await api('DELETE', `${path}/${id}`)).status).toBe(400);
    expect(fieldsOf(await api('POST', path, { name: 'X', size: 3 }))).toEqual([
      400,
      'invalid',
      { size: 'is not a known field' },
    ]);
  });
});

describe('deals', () => {
  test('are created, read, changed and deleted, each field as it was given', async () => {
    const board = await makeBoard('CRUD');
    const values = {
      title: 'Acme',
      value: { minor: 123_450, currency: 'EUR' },
      company: 'Acme Inc',
      contact: 'Eva',
      owner: at.owners[1],
      expectedClose: '2026-12-31',
      nextActivity: { what: 'Call', due: '2026-12-01' },
      labels: ['hot', 'new'],
      source: 'Fair',
      description: 'Line 1\nLine 2',
    };
    const id = await makeDeal(board, 'Acme', values);
    const one = (await api('GET', `/deals/${id}`)).body;
    expect(one).toMatchObject({
      ...values,
      id,
      board: board.id,
      doc: board.doc,
      stage: board.stages['Open'],
      status: 'open',
      closedAt: null,
      deletedAt: null,
    });
    const emptied = await api('PATCH', `/deals/${id}`, {
      value: null,
      labels: null,
      title: 'Acme 2',
      nextActivity: null,
    });
    expect(emptied.body).toMatchObject({
      title: 'Acme 2',
      value: null,
      labels: [],
      nextActivity: null,
      company: 'Acme Inc',
    });
    expect((await api('DELETE', `/deals/${id}`)).status).toBe(204);
    for (const [method, body] of [['GET'], ['PATCH', {}], ['DELETE']] as const)
      expect((await api(method, `/deals/${id}`, body)).status).toBe(404);
    expect((await api('GET', `/deals?board=${board.id}`)).body['total']).toBe(0);
  });

  test.each<[string, object, Record<string, unknown>]>([
    ['no title', { title: undefined }, { title: expect.any(String) }],
    ['an empty title', { title: '' }, { title: expect.any(String) }],
    ['an unknown field', { titel: 'x' }, { titel: 'is not a known field' }],
    ['an unknown custom field', { custom: { shoe: 42 } }, { shoe: 'is not a field of a deal' }],
    ['half a cent', { value: { minor: 0.5, currency: 'EUR' } }, { 'value.minor': expect.any(String) }],
    ['a date that is none', { expectedClose: '2026-02-30' }, { expectedClose: expect.any(String) }],
    ['text for a list', { labels: 'hot' }, { labels: expect.any(String) }],
    ['a stage that is not there', { stage: 'nowhere' }, { stage: 'does not exist' }],
    ['a board that is not there', { board: 'none' }, { board: 'does not exist' }],
    ['a title that is too long', { title: 'x'.repeat(301) }, { title: expect.any(String) }],
  ])('%s is refused by name, and nothing is written', async (_what, more, fields) => {
    const board = await makeBoard('Refusals');
    const reply = await api('POST', '/deals', { board: board.id, title: 'T', ...more });
    expect(fieldsOf(reply)).toEqual([400, 'invalid', fields]);
    expect((await api('GET', `/deals?board=${board.id}`)).body['total']).toBe(0);
  });

  test('a move is the same as a drag, and every client sees it', async () => {
    const board = await makeBoard('Moves');
    const [a, b, c] = [await makeDeal(board, 'A'), await makeDeal(board, 'B'), await makeDeal(board, 'C')];
    const client = await connect(board);
    const { Open = '', Next = '', Won = '', Lost = '' } = board.stages;
    expect(lane(client, Open)).toEqual([a, b, c]);
    const moved = (id: string, body: object) => api('POST', `/deals/${id}/move`, body);
    await moved(c, { stage: Open, before: a });
    await until(() => lane(client, Open).join() === [c, a, b].join());
    await moved(c, { stage: Open, after: a });
    await until(() => lane(client, Open).join() === [a, c, b].join());
    await moved(a, { stage: Next });
    expect((await moved(b, { stage: Next, before: a })).body).toMatchObject({ stage: Next, status: 'open' });
    await until(() => lane(client, Next).join() === [b, a].join());
    expect((await moved(a, { stage: Won, closedAt: 1_700_000_000_000 })).body).toMatchObject({
      status: 'won',
      closedAt: 1_700_000_000_000,
    });
    expect(fieldsOf(await moved(b, { stage: Lost }))).toEqual([400, 'invalid', { lostReason: expect.any(String) }]);
    expect((await moved(b, { stage: Lost, lostReason: 'Price' })).body).toMatchObject({
      status: 'lost',
      lostReason: 'Price',
      closedAt: expect.any(Number),
    });
    expect((await moved(b, { stage: Open })).body).toMatchObject({ status: 'open', lostReason: null, closedAt: null });
    await api('PATCH', `/boards/${board.id}/stages/${Next}`, { required: ['owner'] });
    expect(fieldsOf(await moved(c, { stage: Next }))).toEqual([400, 'invalid', { owner: expect.any(String) }]);
    expect((await moved(c, { stage: Next, values: { owner: at.owners[1] } })).body).toMatchObject({
      stage: Next,
      owner: at.owners[1],
    });
    expect((await moved(c, { stage: 'nowhere' })).status).toBe(400);
    expect((await moved('ghost', { stage: Open })).status).toBe(404);
    // And the other way round: what a client drags is what the API answers.
    client.card(c).set('place', [Won, 'V']);
    await until(async () => (await api('GET', `/deals/${c}`)).body['status'] === 'won');
  });

  test('deals go to another pipeline, all or none, with their ids and their history', async () => {
    const [from, to] = [await makeBoard('From'), await makeBoard('To')];
    const ids = [await makeDeal(from, 'A', { owner: at.owners[1] }), await makeDeal(from, 'B')];
    const client = await connect(to);
    const transfer = (body: object) =>
      api('POST', '/deals/transfer', { ids, board: to.id, stage: to.stages['Next'], ...body });
    expect((await transfer({ ids: [...ids, 'ghost'] })).status).toBe(404);
    expect(fieldsOf(await transfer({ stage: to.stages['Lost'] }))).toEqual([
      400,
      'invalid',
      { lostReason: expect.any(String) },
    ]);
    expect((await api('GET', `/deals?board=${from.id}`)).body['total']).toBe(2);
    expect((await transfer({})).body).toEqual({ moved: 2 });
    await until(() => lane(client, to.stages['Next'] ?? '').join() === ids.join());
    expect((await api('GET', `/deals?board=${from.id}`)).body['total']).toBe(0);
    expect((await api('GET', `/deals/${ids[0]}`)).body).toMatchObject({
      board: to.id,
      doc: to.doc,
      owner: at.owners[1],
      title: 'A',
    });
    const told = (await api('GET', `/activity?record=${ids[0]}`)).body.items ?? [];
    expect(told.map((each) => [each['kind'], each['field']])).toEqual([
      ['moved', 'board'],
      ['created', 'stage'],
    ]);
  });

  test('what a at.program does is told with its key, and is live for the others', async () => {
    const board = await makeBoard('Agents');
    const client = await connect(board);
    const { body } = await at.program('POST', `${at.workspace.path}/deals`, { board: board.id, title: 'By a program' });
    const id = String(body['id']);
    await until(() => client.doc.getMap('cards').has(id));
    client.card(id).set('title', 'By sync');
    await until(async () => (await api('GET', `/deals/${id}`)).body['title'] === 'By sync');
    const me = (await at.ana.call('GET', `${at.workspace.path}/me`)).body['id'];
    const told = (await api('GET', `/activity?record=${id}&raw=1`)).body.items ?? [];
    expect(told.map((each) => [each['kind'], each['actor'], each['agent']])).toEqual([
      ['changed', me, at.key.id],
      ['created', me, at.key.id],
    ]);
    await api('PATCH', `/deals/${id}`, { owner: at.owners[1] });
    expect((await api('GET', `/activity?record=${id}&raw=1`)).body.items?.[0]).toMatchObject({
      actor: me,
      agent: null,
      field: 'owner',
    });
  });

  test('a repeated request with one Idempotency-Key makes one deal', async () => {
    const board = await makeBoard('Once');
    const make = () =>
      at.program(
        'POST',
        `${at.workspace.path}/deals`,
        { board: board.id, title: 'Once' },
        { 'idempotency-key': 'deal-1' },
      );
    const [one, two] = await Promise.all([make(), make()]);
    expect([one.status, two.body, (await make()).body]).toEqual([201, one.body, one.body]);
    expect((await api('GET', `/deals?board=${board.id}`)).body['total']).toBe(1);
  });
});
