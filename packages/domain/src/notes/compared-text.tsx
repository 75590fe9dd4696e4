import { personClass } from '@rapport/ui/logic/person';
import { For, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Mark } from './body-tree.ts';
import type { ComparedText as Compared } from './compare.ts';
import type { Coloured } from './compared-body.tsx';
import { wordsOfMarks } from './compared-words.ts';
import { markTags } from './mark-tags.ts';

/** A piece of text with its marks; where they were others, in the colour of who changed them and with how it was. */
export function ComparedText(props: { node: Compared; coloured: Coloured }) {
  const marked = () => <Marked marks={props.node.marks}>{props.node.text}</Marked>;
  return (
    <Show when={props.node.altered} fallback={marked()}>
      {(altered) => {
        const words = () => `${props.coloured.nameOf(altered().by)}: ${wordsOfMarks(altered().was, props.node.marks)}`;
        return (
          <span class={`changed is-altered ${personClass(props.coloured.colourOf(altered().by))}`} title={words()}>
            {marked()}
            <span class="sr"> ({words()})</span>
          </span>
        );
      }}
    </Show>
  );
}

function Marked(props: { marks: readonly Mark[]; children: JSX.Element }) {
  return (
    <For each={props.marks.slice(0, 1)} fallback={props.children}>
      {(mark) => {
        const rest = () => <Marked marks={props.marks.slice(1)}>{props.children}</Marked>;
        // The address was checked by whoever read it from the document.
        return mark.type === 'link' ? (
          <a href={String(mark.attributes['href'])} target="_blank" rel="noopener noreferrer nofollow">
            {rest()}
          </a>
        ) : (
          <Dynamic component={markTags[mark.type] ?? 'span'}>{rest()}</Dynamic>
        );
      }}
    </For>
  );
}
