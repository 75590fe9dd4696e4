import type { Mark } from './body-tree.ts';
import type { AttributeValue, Attributes } from './element-rules.ts';

type Words = (was: AttributeValue, nameOf: (memberId: string) => string) => string;

const attributeWords: Readonly<Record<string, Words>> = {
  level: (was) => `was heading ${Number(was)}`,
  checked: (was) => (was === true ? 'was done' : 'was to do'),
  assignee: (was, nameOf) => (typeof was === 'string' ? `was ${nameOf(was)}’s` : 'was nobody’s'),
  due: (was) => (was === null ? 'had no date' : `was due ${String(was)}`),
  src: () => 'was another picture',
  alt: (was) => (was === null ? 'had no description' : `was described as “${String(was)}”`),
  start: (was) => `began at ${Number(was ?? 1)}`,
  colspan: (was) => `was ${Number(was ?? 1)} wide`,
  rowspan: (was) => `was ${Number(was ?? 1)} high`,
  align: (was) => (was === null ? 'was not aligned' : `was aligned ${String(was)}`),
  language: (was) => (was === null ? 'was in no language' : `was in ${String(was)}`),
  ref: () => 'was another mention',
};

/** How an element was that is still there, as a phrase. */
export function wordsOfAttributes(was: Attributes, nameOf: (memberId: string) => string): string {
  const said = Object.entries(was).map(([name, value]) => attributeWords[name]?.(value, nameOf));
  return [...new Set(said.map((words) => words ?? 'was set differently'))].join(', ');
}

const markWords: Readonly<Record<string, string>> = {
  bold: 'bold',
  italic: 'italic',
  strike: 'struck through',
  underline: 'underlined',
  code: 'code',
  highlight: 'highlighted',
  link: 'a link',
};

/** How text was that is still there, as a phrase. */
export function wordsOfMarks(was: readonly Mark[], is: readonly Mark[]): string {
  const name = (type: string) => markWords[type] ?? type;
  const gone = was.filter(({ type }) => !is.some((mark) => mark.type === type));
  const come = is.filter(({ type }) => !was.some((mark) => mark.type === type));
  const led = was.find(({ type }) => type === 'link' && !gone.some((mark) => mark.type === type));
  const wasTo = led === undefined || isSame(led, is) ? [] : [`led to ${String(led.attributes['href'])}`];
  return [
    ...gone.map(({ type }) => `was ${name(type)}`),
    ...come.map(({ type }) => `was not ${name(type)}`),
    ...wasTo,
  ].join(', ');
}

const isSame = (link: Mark, marks: readonly Mark[]): boolean =>
  marks.some(({ type, attributes }) => type === link.type && attributes['href'] === link.attributes['href']);
