import { cleanAttributes, markOf, ruleOf } from './element-rules.ts';
import { deepestElement } from './schema.ts';

/** A node as editors write it down. */
export interface JsonNode {
  readonly type?: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }[];
  readonly content?: readonly JsonNode[];
}

/**
 * What a parser of foreign text made, with only what a note may have: unknown elements give way to what stands in them,
 * marks and values that are not allowed go.
 */
export function cleanJson(nodes: readonly JsonNode[], depth = 0): JsonNode[] {
  return nodes.flatMap((node): JsonNode[] => {
    if (node.type === 'text') {
      if (typeof node.text !== 'string' || node.text === '') return [];
      const marks = (node.marks ?? []).flatMap(({ type, attrs }) => {
        const clean = markOf(type)?.(attrs ?? {});
        return clean === undefined ? [] : [{ type, attrs: clean }];
      });
      return [{ type: 'text', text: node.text.toWellFormed(), ...(marks.length === 0 ? {} : { marks }) }];
    }
    const rule = node.type === undefined ? undefined : ruleOf(node.type);
    if (depth >= deepestElement) return [];
    const content = cleanJson(node.content ?? [], depth + 1);
    if (rule === undefined || node.type === undefined) return content;
    const { attributes } = cleanAttributes(rule, node.attrs ?? {});
    if (node.type === 'image' && attributes['src'] === undefined) return [];
    return [{ type: node.type, attrs: attributes, ...(content.length === 0 ? {} : { content }) }];
  });
}
