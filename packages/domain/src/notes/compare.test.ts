import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { compareVersions, type ComparedElement } from './compare.ts';
import { wordsOfAttributes, wordsOfMarks } from './compared-words.ts';
import { element, p, t } from './note-fixture.ts';
import { toXml } from './read-body.ts';

type Edit = (body: Y.XmlFragment) => void;
const at = (body: Y.XmlFragment, ...path: number[]): Y.XmlElement => {
  let found: Y.XmlFragment = body;
  for (const index of path) found = found.get(index) as Y.XmlElement;
  return found as Y.XmlElement;
};
const textAt = (body: Y.XmlFragment, ...path: number[]) => at(body, ...path) as unknown as Y.XmlText;

/** What changed between the first edit and the last; the first is by nobody of interest, the others by Ben and Cleo. */
function compared(first: Edit, ...edits: readonly (readonly [who: string, edit: Edit])[]): ComparedElement[] {
  const doc = new Y.Doc({ gc: false });
  const log: { seq: number; actor: string; bytes: Uint8Array }[] = [];
  let actor = 'ana';
  doc.on('update', (bytes) => log.push({ seq: log.length + 1, actor, bytes }));
  doc.transact(() => first(doc.getXmlFragment('body')));
  for (const [who, edit] of edits) {
    actor = who;
    doc.transact(() => edit(doc.getXmlFragment('body')));
  }
  const rows = {
    all: <R>(_sql: string, [, after = 0, upTo = 0]: readonly (string | number)[]): R[] =>
      log.filter(({ seq }) => seq > Number(after) && seq <= Number(upTo)) as R[],
  };
  return compareVersions(rows, 'note/1', 1, log.length);
}

describe('what was set differently between two versions', () => {
  it('tells a heading’s level, a check box and a date with who changed them last', () => {
    const nodes = compared(
      (body) =>
        body.insert(0, [
          toXml(element('heading', { level: 1 }, [t('Season')])),
          toXml(element('taskList', {}, [element('taskItem', { checked: false }, [p('Order')])])),
          toXml(p('same')),
        ]),
      ['ben', (body) => at(body, 0).setAttribute('level', 3 as never)],
      ['cleo', (body) => at(body, 0).setAttribute('level', 2 as never)],
      ['ben', (body) => at(body, 1, 0).setAttribute('checked', true as never)],
      ['ben', (body) => at(body, 1, 0).setAttribute('taskId', '01J00000000000000000000000')],
    );
    expect(nodes[0]).toMatchObject({ attributes: { level: 2 }, altered: { by: 'cleo', was: { level: 1 } } });
    expect(nodes[1]?.children[0]).toMatchObject({
      attributes: { checked: true },
      altered: { by: 'ben', was: { checked: false } },
    });
    expect(nodes[2]).not.toHaveProperty('altered');
  });

  it('says nothing of what was changed and changed back, and tells what was taken away', () => {
    const nodes = compared(
      (body) =>
        body.insert(0, [
          toXml(element('heading', { level: 1 }, [t('A')])),
          toXml(element('taskItem', { due: '2026-11-20' }, [p('B')])),
        ]),
      ['ben', (body) => at(body, 0).setAttribute('level', 2 as never)],
      ['cleo', (body) => at(body, 0).setAttribute('level', 1 as never)],
      ['ben', (body) => at(body, 1).removeAttribute('due')],
    );
    expect(nodes[0]).not.toHaveProperty('altered');
    expect(nodes[1]).toMatchObject({ altered: { by: 'ben', was: { due: '2026-11-20' } } });
  });

  it('tells marks that came, went and lead elsewhere, on the letters that they are about', () => {
    const nodes = compared(
      (body) => {
        body.insert(0, [toXml(p('plain bold linked end'))]);
        textAt(body, 0, 0).format(6, 4, { bold: {} });
        textAt(body, 0, 0).format(11, 6, { link: { href: 'https://a.example/' } });
      },
      ['ben', (body) => textAt(body, 0, 0).format(0, 5, { italic: {} })],
      ['cleo', (body) => textAt(body, 0, 0).format(6, 4, { bold: null })],
      ['ben', (body) => textAt(body, 0, 0).format(11, 6, { link: { href: 'https://b.example/' } })],
      ['cleo', (body) => textAt(body, 0, 0).insert(21, ' and more')],
    );
    const said = nodes[0]?.children.flatMap((node) =>
      'text' in node && (node.altered ?? node.change) !== undefined
        ? [
            [
              node.text,
              (node.altered ?? node.change)?.by,
              node.altered === undefined ? node.change?.kind : wordsOfMarks(node.altered.was, node.marks),
            ],
          ]
        : [],
    );
    expect(said).toEqual([
      ['plain', 'ben', 'was not italic'],
      ['bold', 'cleo', 'was bold'],
      ['linked', 'ben', 'led to https://a.example/'],
      [' and more', 'cleo', 'added'],
    ]);
  });

  it('passes on no link that may not be followed, then or now', () => {
    const nodes = compared(
      (body) => {
        body.insert(0, [toXml(p('press'))]);
        textAt(body, 0, 0).format(0, 5, { link: { href: 'javascript:alert(1)' } });
      },
      ['ben', (body) => textAt(body, 0, 0).format(0, 5, { link: { href: 'data:text/html,x' } })],
    );
    expect(JSON.stringify(nodes)).not.toMatch(/javascript|data:/);
  });

  it.each([
    [{ level: 1 }, 'was heading 1'],
    [{ checked: true, due: null }, 'was done, had no date'],
    [{ assignee: 'm1' }, 'was Ben’s'],
    [{ assignee: null }, 'was nobody’s'],
    [{ width: 3 }, 'was set differently'],
  ])('words %j', (was, words) => {
    expect(wordsOfAttributes(was, () => 'Ben')).toBe(words);
  });
});
