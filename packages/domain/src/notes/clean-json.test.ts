import { expect, test } from 'vitest';
import { cleanJson, type JsonNode } from './clean-json.ts';
import { countWords } from './count-words.ts';
import { looksLikeMarkdown } from './looks-like-markdown.ts';

test('what a parser made keeps only what a note may have', () => {
  const made: JsonNode[] = [
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'a', marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)', onclick: 'x' } }] },
        { type: 'text', text: 'b', marks: [{ type: 'link', attrs: { href: 'https://x.example', class: 'app' } }] },
        { type: 'image', attrs: { src: 'https://evil.example/pixel.png' } },
        { type: 'text', text: '' },
      ],
    },
    {
      type: 'iframe',
      attrs: { srcdoc: 'x' },
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'inside' }] }],
    },
    { type: 'tableCell', attrs: { colspan: 1e9, style: 'x' } },
  ];
  expect(cleanJson(made)).toEqual([
    {
      type: 'paragraph',
      attrs: {},
      content: [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b', marks: [{ type: 'link', attrs: { href: 'https://x.example' } }] },
      ],
    },
    { type: 'paragraph', attrs: {}, content: [{ type: 'text', text: 'inside' }] },
    { type: 'tableCell', attrs: {} },
  ]);
});

test('nesting without end is cut', () => {
  let deep: JsonNode = { type: 'text', text: 'x' };
  for (let level = 0; level < 2000; level++) deep = { type: 'blockquote', content: [deep] };
  expect(JSON.stringify(cleanJson([deep])).match(/blockquote/g)?.length).toBeLessThanOrEqual(40);
});

test.each([
  ['# Heading', true],
  ['- one\n- two', true],
  ['1. one', true],
  ['- [ ] task', true],
  ['| a | b |\n|---|---|', true],
  ['some **bold** text', true],
  ['[x](https://x.example)', true],
  ['Just a sentence. With 2 * 3 = 6, and a - dash.', false],
  ['snake_case and C# and a_b_c', false],
  ['', false],
])('%j was meant as Markdown: %s', (text, is) => {
  expect(looksLikeMarkdown(text)).toBe(is);
});

test.each([
  ['', 0],
  ['one two  three', 3],
  ["don't stop", 2],
  ['Größe 28 °C', 3],
  ['日本語です', 5],
  ['مرحبا بالعالم', 2],
  ['e-mail at 10.30', 3],
  ['🙂 🙂', 0],
])('%j has %i words', (text, count) => {
  expect(countWords(text)).toBe(count);
});
