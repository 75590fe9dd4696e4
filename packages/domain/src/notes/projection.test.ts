import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { mendStep } from './mend.ts';
import { editMeta } from './ops.ts';
import { readBody, toXml } from './read-body.ts';
import { bodyRoot, commentsRoot, deepestElement } from './schema.ts';
import {
  element,
  h,
  list,
  makeNote,
  makeNoteServer,
  mention,
  p,
  rowsOf,
  task,
  tasks,
  type Tables,
} from './note-fixture.ts';

const served = (note: Y.Doc) => {
  const server = makeNoteServer();
  server.take(Y.encodeStateAsUpdate(note), 'ana', 100);
  note.on('update', (update: Uint8Array) => server.take(update, 'ben', 200));
  return server;
};
const bodyOf = (doc: Y.Doc) => doc.getXmlFragment(bodyRoot);
const textIn = (doc: Y.Doc, block: number) => (bodyOf(doc).get(block) as Y.XmlElement).get(0) as Y.XmlText;

describe('rows of a note', () => {
  test('a title, its words, the beginning of its text, who edited last', () => {
    const note = makeNote(h(1, 'Season'), p('Hollin starts on 10 January.'), list(p('first'), p('second point')));
    const { tables } = served(note);
    expect(rowsOf(tables, 'notes')).toMatchObject([
      {
        id: 'n1',
        title: 'A note',
        words: 9,
        preview: 'Season Hollin starts on 10 January. first second point',
        edited_by: 'ana',
        edited_at: 100,
      },
    ]);
    expect(rowsOf(tables, 'note_blocks').map(({ text }) => text)).toEqual([
      'Season',
      'Hollin starts on 10 January.',
      'first',
      'second point',
    ]);
  });

  test('a keystroke writes its own block and the note’s row, whatever the length of the note', () => {
    const note = makeNote(...Array.from({ length: 500 }, (_, index) => p(`Paragraph ${index} of many`)));
    const server = served(note);
    const writes: string[] = [];
    const tables = server.tables;
    const blocks = tables.get('note_blocks');
    const set = blocks?.set.bind(blocks);
    if (blocks && set) blocks.set = (key, row) => (writes.push(String(row['text'])), set(key, row));
    textIn(note, 250).insert(0, 'x');
    expect(writes).toEqual(['xParagraph 250 of many']);
    expect(rowsOf(tables, 'notes')[0]).toMatchObject({ words: 2000, edited_by: 'ben' });
  });

  test('check-list items are tasks, with their own text, done or not', () => {
    const note = makeNote(
      tasks(task('Order housings', { assignee: 'ana', due: '2026-11-20', taskId: 'T1' }), task('Book two nights')),
    );
    const server = served(note);
    expect(rowsOf(server.tables, 'note_tasks')).toMatchObject([
      { text: 'Book two nights', done: 0, assignee: null, due: null },
      { id: 'T1', text: 'Order housings', done: 0, assignee: 'ana', due: '2026-11-20' },
    ]);
    const item = (bodyOf(note).get(0) as Y.XmlElement).get(0) as Y.XmlElement;
    item.setAttribute('checked', true as never);
    ((item.get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(5, ' 26');
    expect(rowsOf(server.tables, 'note_tasks')).toContainEqual(
      expect.objectContaining({ id: 'T1', text: 'Order 26 housings', done: 1 }),
    );
    // A copy that was pasted does not take the task away from its item.
    bodyOf(note).push([toXml(tasks(task('Copied', { taskId: 'T1' })))]);
    expect(rowsOf(server.tables, 'note_tasks').find(({ id }) => id === 'T1')).toMatchObject({
      text: 'Order 26 housings',
    });
    bodyOf(note).delete(0, 1);
    expect(rowsOf(server.tables, 'note_tasks')).toMatchObject([{ id: 'T1', text: 'Copied' }]);
  });

  test('mentions have who wrote them and when, also when their paragraph is made anew', () => {
    const note = makeNote(p('Ask ', mention('member', 'm2', 'M1'), ' about ', mention('deal', 'd1', 'M2')));
    const server = served(note);
    expect(rowsOf(server.tables, 'note_mentions')).toMatchObject([
      { id: 'M1', noun: 'member', ref: 'm2', by: 'ana', at: 100 },
      { id: 'M2', noun: 'deal', ref: 'd1', by: 'ana', at: 100 },
    ]);
    note.transact(() => {
      bodyOf(note).delete(0, 1);
      bodyOf(note).insert(0, [toXml(p('Ask ')), toXml(p(mention('member', 'm2', 'M1')))]);
    });
    expect(rowsOf(server.tables, 'note_mentions')).toMatchObject([{ id: 'M1', by: 'ana', at: 100 }]);
  });

  test('links are kept one by one: two people who each add one keep both', () => {
    const note = makeNote(p(''));
    const server = makeNoteServer();
    server.take(Y.encodeStateAsUpdate(note), 'ana', 1);
    const [one, two] = [new Y.Doc(), new Y.Doc()];
    for (const doc of [one, two]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(note));
    editMeta(one, { link: [{ noun: 'deal', id: 'd1' }] }, 5);
    editMeta(two, { link: [{ noun: 'contact', id: 'c1' }] }, 5);
    for (const doc of [one, two]) server.take(Y.encodeStateAsUpdate(doc), 'ben', 5);
    expect(rowsOf(server.tables, 'note_links')).toMatchObject([
      { noun: 'deal', record: 'd1' },
      { noun: 'contact', record: 'c1' },
    ]);
    editMeta(one, { unlink: [{ noun: 'deal', id: 'd1' }] }, 6);
    server.take(Y.encodeStateAsUpdate(one), 'ben', 6);
    expect(rowsOf(server.tables, 'note_links')).toMatchObject([{ noun: 'contact', record: 'c1' }]);
  });

  test('comments and whom they mention', () => {
    const note = makeNote(p('text'));
    const server = served(note);
    const comment = new Y.Map<unknown>(Object.entries({ text: 'Ask @{member/m2}?', by: 'ben', at: 7, quote: 'text' }));
    note.getMap(commentsRoot).set('C1', comment);
    expect(rowsOf(server.tables, 'note_comments')).toMatchObject([
      { id: 'C1', text: 'Ask @{member/m2}?', quote: 'text' },
    ]);
    expect(rowsOf(server.tables, 'note_mentions')).toMatchObject([
      { noun: 'member', ref: 'm2', comment: 'C1', by: 'ben' },
    ]);
    comment.set('text', 'Never mind');
    expect(rowsOf(server.tables, 'note_mentions')).toEqual([]);
  });
});

describe('a document that a hostile client wrote', () => {
  const nested = (depth: number): Y.Doc => {
    const doc = makeNote(p('before'));
    doc.transact(() => {
      let at = bodyOf(doc) as Y.XmlFragment;
      for (let level = 0; level < depth; level++) {
        const next = new Y.XmlElement('blockquote');
        at.insert(at.length, [next]);
        at = next;
      }
      at.insert(0, [toXml(p('at the bottom'))]);
    });
    return doc;
  };

  test('10,000 elements deep: read without the part that is too deep, and said so', () => {
    const server = served(nested(10_000));
    expect(rowsOf(server.tables, 'note_blocks').map(({ text }) => text)).toEqual(['before']);
    expect(rowsOf(server.tables, 'data_quality')).toMatchObject([
      { record: 'n1', field: 'body:deep', problem: 'has 1 part that is nested too deeply' },
    ]);
    const { nodes, problems } = readBody(bodyOf(server.doc));
    expect(nodes).toHaveLength(2);
    expect([...problems]).toEqual([['deep', 1]]);
    let depth = 0;
    for (let at = nodes[1]; at !== undefined; at = at.children[0] as typeof at | undefined) depth++;
    expect(depth).toBe(deepestElement);
  });

  test('is mended step by step, also 10,000 elements deep, and then has nothing odd', () => {
    const note = nested(10_000);
    const server = served(note);
    note.transact(() => bodyOf(note).insert(0, [new Y.XmlElement('script'), new Y.XmlText('loose')] as Y.XmlElement[]));
    let steps = 0;
    while (mendStep(note) && steps < 1000) steps++;
    expect(steps).toBeLessThan(40);
    expect(readBody(bodyOf(note)).problems.size).toBe(0);
    expect(readBody(bodyOf(server.doc)).problems.size).toBe(0);
    expect(rowsOf(server.tables, 'data_quality')).toEqual([]);
    expect(rowsOf(server.tables, 'note_blocks').map(({ text }) => text)).toEqual(['before', 'loose']);
    // Who joins gets it in one piece; who was away gets all steps at once.
    const [joiner, away] = [new Y.Doc(), new Y.Doc()];
    Y.applyUpdate(joiner, Y.encodeStateAsUpdate(server.doc));
    for (const { update } of server.log) Y.applyUpdate(away, update);
    for (const doc of [joiner, away]) expect(readBody(bodyOf(doc)).nodes).toEqual(readBody(bodyOf(note)).nodes);
  });

  test('unknown elements, marks, values, loose text, a text of 5 MB', () => {
    const note = makeNote(p('fine'));
    const server = served(note);
    note.transact(() => {
      const body = bodyOf(note);
      const image = new Y.XmlElement('image');
      image.setAttribute('src', 'javascript:alert(1)');
      const script = new Y.XmlElement('script');
      script.insert(0, [new Y.XmlText('alert(1)')]);
      const marked = new Y.XmlText();
      marked.applyDelta([
        { insert: 'x', attributes: { link: { href: 'javascript:alert(1)' } } },
        { insert: 'y', attributes: { onclick: 'alert(1)' } },
      ]);
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [marked]);
      const long = new Y.XmlElement('paragraph');
      long.insert(0, [new Y.XmlText('a'.repeat(5_000_000))]);
      body.push([image, script, paragraph, long, new Y.XmlText('loose')] as Y.XmlElement[]);
    });
    const problems = rowsOf(server.tables, 'data_quality').map(({ field, problem }) => [field, problem]);
    expect(Object.fromEntries(problems)).toEqual({
      'body:unknown': 'has 2 parts of an unknown kind',
      'body:value': 'has 1 setting with a value that is not allowed',
      'body:long': 'has the end of 1 block of text that is too long',
      'body:loose': 'has 1 piece of text outside of any paragraph',
    });
    const written = JSON.stringify(readBody(bodyOf(note)).nodes);
    expect(written).not.toMatch(/javascript|onclick|alert/);
    expect(written.length).toBeLessThan(300_000);
    // Taken away again, nothing is held against the note.
    bodyOf(note).delete(1, 5);
    expect(rowsOf(server.tables, 'data_quality')).toEqual([]);
  });
});

/** One random edit of a note, as an editor or another program might make it. */
function editAtRandom(doc: Y.Doc, pick: (below: number) => number): void {
  const body = bodyOf(doc);
  const blocks = [
    () => p(`word${pick(99)} and more`),
    () => tasks(task(`do ${pick(99)}`, pick(2) === 0 ? {} : { taskId: `T${pick(4)}` }), task('other')),
    () => p('to ', mention('member', `m${pick(3)}`, `M${pick(4)}`)),
    () => list(p('a'), tasks(task('nested', { taskId: `T${pick(4)}` }))),
    () => element('unheardOf', {}, [p('inside')]),
    () => h(2, `Heading ${pick(9)}`),
  ] as const;
  doc.transact(() => {
    const at = pick(body.length + 1);
    switch (pick(6)) {
      case 0:
      case 1:
        body.insert(at, [toXml((blocks[pick(blocks.length)] ?? blocks[0])())]);
        break;
      case 2:
        if (body.length > 0) body.delete(pick(body.length), 1);
        break;
      case 3:
      case 4: {
        // Somewhere down in the tree.
        let here: unknown = body.length > 0 ? body.get(pick(body.length)) : null;
        while (here instanceof Y.XmlElement && here.length > 0 && pick(4) > 0) here = here.get(pick(here.length));
        if (here instanceof Y.XmlText) {
          if (pick(3) > 0 || here.length === 0) here.insert(pick(here.length + 1), `t${pick(9)} `);
          else here.delete(0, 1 + pick(here.length));
        } else if (here instanceof Y.XmlElement) {
          if (here.nodeName === 'taskItem') here.setAttribute('checked', (pick(2) === 0) as never);
          else if (here.length > 0 && pick(2) === 0) here.delete(0, 1);
          else here.insert(0, [toXml(p('inner'))]);
        }
        break;
      }
      default:
        editMeta(doc, { title: `Title ${pick(9)}`, link: [{ noun: 'deal', id: `d${pick(3)}` }] }, 9);
    }
  });
}

test('rows equal a replay of the log, also when the document was loaded anew on the way', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(10_000), { minLength: 120, maxLength: 120 }),
      fc.integer({ min: 3, max: 25 }),
      (numbers, reloadAt) => {
        let next = 0;
        const pick = (below: number) => (numbers[next++ % numbers.length] ?? 0) % below;
        let server = makeNoteServer();
        const clients = [makeNote(p('begin')), new Y.Doc(), new Y.Doc()];
        server.take(Y.encodeStateAsUpdate(clients[0] as Y.Doc), 'ana', 1);
        for (let step = 0; step < 40; step++) {
          const who = pick(3);
          const client = clients[who] as Y.Doc;
          if (pick(2) === 0) Y.applyUpdate(client, Y.encodeStateAsUpdate(server.doc));
          editAtRandom(client, pick);
          const update = Y.encodeStateAsUpdate(client, Y.encodeStateVector(server.doc));
          server.take(update, `member${who}`, step);
          if (step === reloadAt)
            server = makeNoteServer({
              state: Y.encodeStateAsUpdate(server.doc),
              tables: server.tables,
              log: server.log,
            });
        }
        const replayed = makeNoteServer();
        for (const { update, actor, at } of server.log) replayed.take(update, actor, at);
        const sorted = (tables: Tables) =>
          Object.fromEntries(
            [...tables].map(([table, rows]) => [table, [...rows.values()].map((row) => JSON.stringify(row)).sort()]),
          );
        const empty = (tables: Tables) => new Map([...tables].filter(([, rows]) => rows.size > 0));
        expect(sorted(empty(server.tables))).toEqual(sorted(empty(replayed.tables)));
        const words = rowsOf(server.tables, 'note_blocks').reduce((sum, row) => sum + Number(row['words']), 0);
        expect(rowsOf(server.tables, 'notes')[0]?.['words']).toBe(words);
      },
    ),
    { numRuns: 60 },
  );
}, 30_000);
