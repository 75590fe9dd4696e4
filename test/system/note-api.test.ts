import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { joinAs, makeKey, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';
import { stockClient, until, type StockClient } from './stock-client.ts';

const paragraph = (text: string): Y.XmlElement => {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [new Y.XmlText(text)]);
  return element;
};
const textOf = (client: StockClient, block: number): Y.XmlText => {
  const element = client.doc.getXmlFragment('body').get(block);
  const text = element instanceof Y.XmlElement ? element.get(0) : null;
  if (!(text instanceof Y.XmlText)) throw new Error('no text there');
  return text;
};

describe('notes over HTTP and sync', () => {
  let server: TestServer;
  let ana: Person;
  let ben: Person & { memberId: string };
  let path: string;
  let workspaceId: string;
  const clients: StockClient[] = [];

  const open = async (person: Person, doc: string): Promise<StockClient> => {
    const { key } = await makeKey(person, path, 'member');
    const client = await stockClient(server.url, workspaceId, doc, key);
    clients.push(client);
    return client;
  };
  const make = async (title: string, more: object = {}): Promise<{ id: string; doc: string }> => {
    const reply = await ana.call('POST', `${path}/notes`, { title, ...more });
    expect(reply.status).toBe(201);
    return { id: String(reply.body['id']), doc: String(reply.body['doc']) };
  };
  const words = async (id: string) => (await ana.call('GET', `${path}/notes/${id}`)).body['words'];

  beforeAll(async () => {
    server = await openServer();
    ana = await signUp(server, 'Ana');
    ({ path, id: workspaceId } = await makeWorkspace(ana));
    ben = await joinAs(server, ana, path, 'Ben', 'member');
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await server.stop();
  });

  it('makes, finds, changes and bins a note; what a client writes into its document is in its row', async () => {
    const note = await make('Herring season', { links: [{ noun: 'deal', id: 'd1' }], tags: ['season'] });
    expect(note.doc).toBe(`note/${note.id}`);
    const client = await open(ana, note.doc);
    client.doc.getXmlFragment('body').insert(0, [paragraph('Hollin starts on 10 January')]);
    await until(async () => (await words(note.id)) === 5);
    expect((await ana.call('GET', `${path}/notes?q=hollin`)).body.items).toMatchObject([
      {
        id: note.id,
        title: 'Herring season',
        preview: 'Hollin starts on 10 January',
        tags: ['season'],
        links: [{ noun: 'deal', id: 'd1' }],
        access: 'edit',
        shared: 'everyone',
      },
    ]);
    expect((await ana.call('GET', `${path}/notes?about=deal/d1`)).body['total']).toBe(1);
    const renamed = await ana.call('PATCH', `${path}/notes/${note.id}`, {
      title: 'Kiln 2',
      unlink: [{ noun: 'deal', id: 'd1' }],
    });
    expect(renamed.body).toMatchObject({ title: 'Kiln 2', links: [] });
    await until(() => client.doc.getMap('meta').get('title') === 'Kiln 2');
    expect((await ana.call('PATCH', `${path}/notes/${note.id}`, { colour: 'red' })).body.error?.fields).toEqual({
      colour: 'is not a known field',
    });
    expect((await ana.call('DELETE', `${path}/notes/${note.id}`)).status).toBe(204);
    expect((await ana.call('GET', `${path}/notes?q=hollin`)).body['total']).toBe(0);
    expect((await ana.call('GET', `${path}/notes?deleted=true`)).body['total']).toBe(1);
    await ana.call('PATCH', `${path}/notes/${note.id}`, { deleted: false });
    expect((await ana.call('GET', `${path}/notes?q=hollin`)).body['total']).toBe(1);
  });

  it('keeps a check-list item and its task in step, from both ends', async () => {
    const note = await make('Who does what');
    const client = await open(ana, note.doc);
    const [list, item] = [new Y.XmlElement('taskList'), new Y.XmlElement('taskItem')];
    item.insert(0, [paragraph('Order 26 housings')]);
    list.insert(0, [item]);
    client.doc.getXmlFragment('body').insert(0, [list]);
    const tasksOf = async () =>
      (await ana.call('GET', `${path}/notes/tasks?note=${note.id}&done=all`)).body.items ?? [];
    await until(async () => (await tasksOf()).length === 1);
    const id = String((await tasksOf())[0]?.['id']);
    const patched = await ben.call('PATCH', `${path}/notes/${note.id}/tasks/${id}`, {
      assignee: ben.memberId,
      due: '2026-11-20',
      done: true,
    });
    expect(patched.body).toMatchObject({
      id,
      text: 'Order 26 housings',
      done: true,
      assignee: ben.memberId,
      due: '2026-11-20',
    });
    const inText = () => {
      const found = (client.doc.getXmlFragment('body').get(0) as Y.XmlElement).get(0);
      return found instanceof Y.XmlElement ? found.getAttributes() : {};
    };
    await until(() => (inText() as { checked?: unknown }).checked === true);
    expect(inText()).toMatchObject({ assignee: ben.memberId, due: '2026-11-20' });
    item.setAttribute('checked', false as never);
    await until(async () => (await tasksOf())[0]?.['done'] === false);
    const mine = await ben.call('GET', `${path}/notes/tasks?assignee=${ben.memberId}`);
    expect(mine.body.items).toMatchObject([{ note: note.id, noteTitle: 'Who does what' }]);
    expect((await ben.call('PATCH', `${path}/notes/${note.id}/tasks/${id}`, { due: '2026-02-30' })).status).toBe(400);
    expect((await ben.call('PATCH', `${path}/notes/${note.id}/tasks/${id}`, { assignee: 'nobody' })).status).toBe(400);
    expect((await ben.call('PATCH', `${path}/notes/${note.id}/tasks/1.1`, { done: true })).status).toBe(404);
  });

  it('lets those comment who may not edit, and only those who may', async () => {
    const note = await make('Shared to comment');
    const client = await open(ana, note.doc);
    client.doc.getXmlFragment('body').insert(0, [paragraph('Everything by Friday 2 January')]);
    await until(async () => (await words(note.id)) === 5);
    const share = (level: string) =>
      ana.call('PUT', `${path}/shares/${note.id}`, {
        kind: 'restricted',
        grants: [{ to: 'member', id: ben.memberId, level }],
      });
    expect((await share('view')).status).toBe(200);
    const say = (text: string, more: object = {}) =>
      ben.call('POST', `${path}/notes/${note.id}/comments`, { text, ...more });
    expect((await say('may I?')).status).toBe(403);
    await share('comment');
    const first = await say('Is @{member/x} there?', { quote: 'Friday 2 January' });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      text: 'Is @{member/x} there?',
      quote: 'Friday 2 January',
      by: ben.memberId,
      thread: null,
    });
    const thread = String(first.body['id']);
    const comments = client.doc.getMap<Y.Map<unknown>>('comments');
    await until(() => comments.has(thread));
    expect(comments.get(thread)?.get('anchor')).toMatchObject({ from: {}, to: {} });
    const answer = await ana.call('POST', `${path}/notes/${note.id}/comments`, { text: 'Yes', thread });
    expect(answer.body).toMatchObject({ thread });
    expect((await say('x', { thread: String(answer.body['id']) })).status).toBe(400);
    expect((await ana.call('PATCH', `${path}/notes/${note.id}/comments/${thread}`, { text: 'not mine' })).status).toBe(
      403,
    );
    expect(
      (await ben.call('PATCH', `${path}/notes/${note.id}/comments/${thread}`, { resolved: true })).body['resolvedBy'],
    ).toBe(ben.memberId);
    expect((await ana.call('GET', `${path}/notes/${note.id}/comments?resolved=false`)).body['total']).toBe(0);
    expect((await ben.call('DELETE', `${path}/notes/${note.id}/comments/${String(answer.body['id'])}`)).status).toBe(
      403,
    );
    expect((await ana.call('DELETE', `${path}/notes/${note.id}/comments/${thread}`)).status).toBe(204);
    // The text itself stays out of reach, and so does a note that is not shared any more.
    expect((await ben.call('PATCH', `${path}/notes/${note.id}`, { title: 'mine' })).status).toBe(403);
    expect((await ben.call('POST', `${path}/notes/${note.id}/restore`, { seq: 1 })).status).toBe(403);
    await ana.call('PUT', `${path}/shares/${note.id}`, { kind: 'restricted', grants: [] });
    expect((await say('still?')).status).toBe(404);
    expect((await ben.call('GET', `${path}/notes/${note.id}`)).status).toBe(404);
    expect((await ben.call('GET', `${path}/notes/${note.id}/versions`)).status).toBe(404);
    expect((await ben.call('GET', `${path}/notes?q=friday`)).body['total']).toBe(0);
  });

  it('signs a comment with who wrote it, whatever the document says', async () => {
    const note = await make('Signed');
    const client = await open(ben, note.doc);
    const forged = new Y.Map<unknown>(Object.entries({ text: 'I resign', by: 'somebody', at: Date.now() + 1e9 }));
    client.doc.getMap('comments').set('C1', forged);
    await until(() => forged.get('by') === ben.memberId);
    const [comment] = (await ana.call('GET', `${path}/notes/${note.id}/comments`)).body.items ?? [];
    expect(comment).toMatchObject({ by: ben.memberId });
    expect(Number(comment?.['at'])).toBeLessThanOrEqual(Date.now());
  });

  it('has versions that equal the past, tells what changed through whom, and goes back by a new edit', async () => {
    const note = await make('Versions');
    const [one, two] = [await open(ana, note.doc), await open(ben, note.doc)];
    one.doc.getXmlFragment('body').insert(0, [paragraph('Count back from Friday'), paragraph('Second')]);
    await until(async () => (await words(note.id)) === 5);
    const named = await ana.call('POST', `${path}/notes/${note.id}/versions`, { name: 'Before the call' });
    expect(named.body).toMatchObject({ name: 'Before the call' });
    const then = Number(named.body['seq']);
    await until(() => two.doc.getXmlFragment('body').length >= 2);
    textOf(two, 0).insert(22, ' 2 January');
    textOf(two, 0).delete(0, 6);
    two.doc.getXmlFragment('body').insert(2, [paragraph('Third')]);
    await until(async () => (await words(note.id)) === 7);
    const { items = [] } = (await ana.call('GET', `${path}/notes/${note.id}/versions`)).body;
    const [newest] = items;
    expect(newest).toMatchObject({ name: null });
    expect(newest?.['authors']).toHaveLength(2);
    expect(items.map(({ name }) => name)).toContain('Before the call');
    const was = await ana.call('GET', `${path}/notes/${note.id}/versions/${then}/content`);
    expect(JSON.stringify(was.body['nodes'])).toContain('"Count back from Friday"');
    const compared = await ana.call(
      'GET',
      `${path}/notes/${note.id}/compare?from=${then}&to=${Number(newest?.['seq'])}`,
    );
    expect(compared.body['nodes']).toMatchObject([
      {
        type: 'paragraph',
        children: [
          { text: 'Count ', change: { kind: 'removed', by: ben.memberId } },
          { text: 'back from Friday' },
          { text: ' 2 January', change: { kind: 'added', by: ben.memberId } },
        ],
      },
      { type: 'paragraph', children: [{ text: 'Second' }] },
      { type: 'paragraph', change: { kind: 'added', by: ben.memberId } },
      { type: 'paragraph' },
    ]);
    expect((await ana.call('POST', `${path}/notes/${note.id}/restore`, { seq: then })).status).toBe(204);
    const now = await ana.call('GET', `${path}/notes/${note.id}/versions/${Number.MAX_SAFE_INTEGER}/content`);
    expect(now.status).toBe(404);
    const after = (await ana.call('GET', `${path}/notes/${note.id}/versions`)).body.items?.[0]?.['seq'];
    const restored = await ana.call('GET', `${path}/notes/${note.id}/versions/${String(after)}/content`);
    expect(restored.body['nodes']).toEqual(was.body['nodes']);
    await until(() => textOf(two, 0).toString() === 'Count back from Friday');
  });

  it('leaves as a file, with names only for who may know them', async () => {
    const secret = await make('Secret plan', {});
    await ana.call('PUT', `${path}/shares/${secret.id}`, { kind: 'restricted', grants: [] });
    const note = await make('a"b\r\n<c>');
    const client = await open(ana, note.doc);
    const mention = new Y.XmlElement('mention');
    mention.setAttribute('noun', 'note');
    mention.setAttribute('ref', secret.id);
    const element = paragraph('see <script>alert(1)</script> ');
    element.insert(1, [mention]);
    client.doc.getXmlFragment('body').insert(0, [element]);
    await until(async () => (await words(note.id)) !== 0);
    const html = await ana.call('GET', `${path}/notes/${note.id}/export`);
    expect(html.headers.get('content-disposition')).toMatch(/^attachment; filename="a-b.*\.html"/);
    expect(html.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(html.body['text']).toContain('see &#60;script&#62;alert(1)&#60;/script&#62; <b>@Secret plan</b>');
    const theirs = await ben.call('GET', `${path}/notes/${note.id}/export?format=markdown`);
    expect(theirs.body['text']).toContain('see \\<script\\>alert(1)\\</script\\> @…');
    const chips = `${path}/notes/chips?of=note/${secret.id},note/${note.id}`;
    expect((await ana.call('GET', chips)).body.items).toHaveLength(2);
    expect((await ben.call('GET', chips)).body.items).toMatchObject([{ id: note.id }]);
  });

  it('the open check-list items of somebody who is removed go to whom one says; what is done keeps the name', async () => {
    const [cai, dora] = [
      await joinAs(server, ana, path, 'Cai', 'member'),
      await joinAs(server, ana, path, 'Dora', 'member'),
    ];
    const note = await make('To do');
    const client = await open(ana, note.doc);
    const item = (text: string, done: boolean, assignee: string) => {
      const element = new Y.XmlElement('taskItem');
      element.setAttribute('checked', done as unknown as string);
      element.setAttribute('assignee', assignee);
      element.insert(0, [paragraph(text)]);
      return element;
    };
    const list = new Y.XmlElement('taskList');
    list.insert(0, [
      item('Call', false, cai.memberId),
      item('Write', true, cai.memberId),
      item('Visit', false, dora.memberId),
    ]);
    client.doc.getXmlFragment('body').insert(0, [list]);
    const tasks = async () =>
      ((await ana.call('GET', `${path}/notes/tasks?note=${note.id}&done=all`)).body.items ?? [])
        .map(({ text, assignee }) => `${String(text)} ${String(assignee)}`)
        .toSorted();
    await until(async () => (await tasks()).length === 3);
    expect((await ana.call('DELETE', `${path}/members/${cai.memberId}?dealsTo=${dora.memberId}`)).status).toBe(204);
    expect(await tasks()).toEqual([`Call ${dora.memberId}`, `Visit ${dora.memberId}`, `Write ${cai.memberId}`]);
    // Whoever has it open sees it.
    await until(() => client.doc.getXmlFragment('body').toString().split(dora.memberId).length === 3);
    expect((await ana.call('POST', `${path}/members/${dora.memberId}/hand-over`, { to: null })).status).toBe(200);
    expect(await tasks()).toEqual(['Call null', 'Visit null', `Write ${cai.memberId}`]);
  });
});
