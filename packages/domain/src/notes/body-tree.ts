import type { Attributes } from './element-rules.ts';

export interface Mark {
  readonly type: string;
  readonly attributes: Attributes;
}

/** A run of text with the same marks. */
export interface TextNode {
  readonly text: string;
  readonly marks: readonly Mark[];
}

export interface ElementNode {
  readonly type: string;
  readonly attributes: Attributes;
  readonly children: readonly BodyNode[];
}

/** A note's body as plain data: what exports, versions and restores work on. Every element and mark is a known one. */
export type BodyNode = ElementNode | TextNode;

export const isText = (node: BodyNode): node is TextNode => 'text' in node;

/** Why a part of a body is not shown. */
export type BodyProblemKind = 'unknown' | 'deep' | 'long' | 'value' | 'loose';

/** Parts of a body that are left out of the tree, by kind; empty for what the editor writes. */
export type BodyProblems = ReadonlyMap<BodyProblemKind, number>;

const words: Readonly<Record<BodyProblemKind, (count: number) => string>> = {
  unknown: (n) => `${n} ${n === 1 ? 'part' : 'parts'} of an unknown kind`,
  deep: (n) => `${n} ${n === 1 ? 'part that is' : 'parts that are'} nested too deeply`,
  long: (n) => `the end of ${n} ${n === 1 ? 'block' : 'blocks'} of text that ${n === 1 ? 'is' : 'are'} too long`,
  value: (n) => `${n} ${n === 1 ? 'setting' : 'settings'} with a value that is not allowed`,
  loose: (n) => `${n} ${n === 1 ? 'piece' : 'pieces'} of text outside of any paragraph`,
};

/** The problems as one phrase for a banner, or null when there are none. */
export function problemWords(problems: BodyProblems): string | null {
  const said = [...problems].filter(([, count]) => count > 0).map(([kind, count]) => words[kind](count));
  return said.length === 0 ? null : said.join(', ');
}
export const problemWord = (kind: BodyProblemKind, count: number): string => words[kind](count);
