import { describe, expect, test } from 'vitest';
import { toHtml } from './export-html.ts';
import { toMarkdown } from './export-markdown.ts';
import { attachment } from './export-routes.ts';
import { element, h, list, makeNote, mention, p, t, task, tasks } from './note-fixture.ts';
import { readBody, toXml } from './read-body.ts';
import { bodyRoot } from './schema.ts';
import * as Y from 'yjs';

interface Parsed {
  readonly title: string;
  querySelectorAll(selector: string): ArrayLike<unknown>;
  querySelector(selector: string): { textContent: string } | null;
}
// It has no types of its own.
const { JSDOM } = (await import('jsdom' as string)) as {
  JSDOM: new (html: string) => { window: { document: Parsed } };
};

const names = (noun: string, id: string): string | null => (noun === 'member' ? `Member <${id}>` : null);
const bold = { type: 'bold', attributes: {} };
const link = (href: string) => ({ type: 'link', attributes: { href } });

/** Text that tries to become something else. */
const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  "' onmouseover='alert(1)",
  '</title><script>alert(1)</script>',
  '[x](javascript:alert(1))',
  '![x](data:text/html,<script>alert(1)</script>)',
  '<javascript:alert(1)>',
  '&lt;script&gt;',
  '{{constructor.constructor("alert(1)")()}}',
  '`</code><script>alert(1)</script>`',
];
/** Addresses that a link must not have. */
const addresses = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html;base64,PHNjcmlwdD4=',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'blob:https://x/y',
  '//evil.example',
  '/w/other',
  '',
];

describe('a note as HTML', () => {
  test('every kind of block', () => {
    const html = toHtml(
      'Season',
      [
        h(2, 'What'),
        p('a ', t('b', bold), ' ', t('c', link('https://x.example/?a=1&b="2"'))),
        list(p('one'), p('two')),
        tasks(task('do', { checked: true, assignee: 'm1', due: '2026-11-20' })),
        element('codeBlock', { language: 'js' }, [t('a < b')]),
        element('table', {}, [element('tableRow', {}, [element('tableHeader', { colspan: 2 }, [p('x')])])]),
        p(mention('member', 'm1'), mention('deal', 'hidden')),
      ],
      names,
    );
    expect(html).toContain('<h3 dir="auto">What</h3>');
    expect(html).toContain('a <strong>b</strong> <a href="https://x.example/?a=1&#38;b=&#34;2&#34;"');
    expect(html).toContain(
      '<li><input type="checkbox" disabled checked><p dir="auto">do</p> <small>(Member &#60;m1&#62;, 2026-11-20)</small></li>',
    );
    expect(html).toContain('<pre><code>a &#60; b</code></pre>');
    expect(html).toContain('<th colspan="2">');
    expect(html).toContain('<b>@Member &#60;m1&#62;</b><b>@…</b>');
  });

  test.each(attacks)('shows %j as the text that it is', (attack) => {
    const html = toHtml(attack, [p(attack), element('codeBlock', { language: attack }, [t(attack)])], () => attack);
    const { document } = new JSDOM(html).window;
    expect(document.querySelectorAll('script, img, svg, iframe, [onerror], [onload], [onmouseover]')).toHaveLength(0);
    expect(document.querySelector('p')?.textContent).toBe(attack);
    expect(document.title).toBe(attack);
  });

  test.each(addresses)('a link to %j is text alone', (href) => {
    const note = makeNote();
    const paragraph = new Y.XmlElement('paragraph');
    const text = new Y.XmlText();
    text.applyDelta([{ insert: 'press me', attributes: { link: { href } } }]);
    paragraph.insert(0, [text]);
    const image = new Y.XmlElement('image');
    image.setAttribute('src', href);
    note.getXmlFragment(bodyRoot).insert(0, [paragraph, image]);
    const { nodes } = readBody(note.getXmlFragment(bodyRoot));
    const html = toHtml('', nodes, names);
    expect(new JSDOM(html).window.document.querySelectorAll('a, img')).toHaveLength(0);
    expect(toMarkdown('', nodes, names)).not.toContain('](');
    expect(html).toContain('press me');
  });
});

describe('a note as Markdown', () => {
  test('every kind of block', () => {
    expect(
      toMarkdown(
        'Season',
        [
          h(1, 'What'),
          p('a ', t('b ', bold), 'c'),
          list(p('one'), p('two')),
          tasks(task('do'), task('done', { checked: true })),
          element('blockquote', {}, [p('said')]),
          element('codeBlock', { language: 'js' }, [t('let a;\n```')]),
          element('orderedList', { start: 3 }, [element('listItem', {}, [p('c'), list(p('d'))])]),
          element('table', {}, [
            element('tableRow', {}, [element('tableHeader', {}, [p('x|y')]), element('tableHeader', {}, [p('z')])]),
          ]),
          element('horizontalRule', {}, []),
          p('1. not a list'),
          p('# no heading'),
        ],
        names,
      ),
    ).toBe(
      [
        '# Season',
        '## What',
        'a **b** c',
        '- one\n- two',
        '- [ ] do\n- [x] done',
        '> said',
        '````js\nlet a;\n```\n````',
        '3. c\n   - d',
        '| x\\|y | z |\n| --- | --- |',
        '---',
        '1\\. not a list',
        '\\# no heading',
      ].join('\n\n') + '\n',
    );
  });
  test.each(attacks)('%j is no markup', (attack) => {
    expect(toMarkdown('', [p(attack)], names)).not.toMatch(/(?<!\\)<[a-z/]|(?<!\\)\]\(/i);
  });
});

test('a body written into a document reads back the same', () => {
  const body = [h(2, 'x'), p('a', t('b', bold), mention('deal', 'd1', 'M1')), tasks(task('t', { due: '2026-01-02' }))];
  expect(readBody(makeNote(...body).getXmlFragment(bodyRoot)).nodes).toEqual(body);
  expect(toXml(p('x')).nodeName).toBe('paragraph');
});

test('a file’s name cannot break its header', () => {
  expect(attachment('a"\r\nSet-Cookie: x=1; ü/..\\.html')).toBe(
    `attachment; filename="a---Set-Cookie- x_1_ _-..-.html"; filename*=UTF-8''a---Set-Cookie-%20x%3D1%3B%20%C3%BC-..-.html`,
  );
});
