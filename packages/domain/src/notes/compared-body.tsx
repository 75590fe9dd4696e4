import { personClass } from '@rapport/ui/logic/person';
import { For, type JSX, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Altered, Change, ComparedElement, ComparedText } from './compare.ts';
import { ComparedText as TextPiece } from './compared-text.tsx';
import { wordsOfAttributes } from './compared-words.ts';
import type { Attributes } from './element-rules.ts';
import { MentionChip } from './mention-chip.tsx';
import type { Names } from './names.web.ts';
import { isMentionNoun, isRecordId } from './schema.ts';

/** How a change looks: in the colour of who made it, struck through when it went. */
export interface Coloured {
  /** 1–12; 1 for somebody who is not known. */
  colourOf: (memberId: string | null) => number;
  nameOf: (memberId: string | null) => string;
}

const tags: Readonly<Record<string, string>> = {
  paragraph: 'p',
  blockquote: 'blockquote',
  bulletList: 'ul',
  orderedList: 'ol',
  listItem: 'li',
  taskList: 'ul',
  taskItem: 'li',
  table: 'table',
  tableRow: 'tr',
  tableCell: 'td',
  tableHeader: 'th',
  codeBlock: 'pre',
};
const tagOf = ({ type, attributes }: ComparedElement): string =>
  type === 'heading' ? `h${Math.min(3, Math.max(1, Number(attributes['level'] ?? 1)))}` : (tags[type] ?? 'div');

/** A note's body as it was, for reading alone; with what changed between two versions. No text becomes markup. */
export function ComparedBody(props: {
  nodes: readonly (ComparedElement | ComparedText)[];
  names: Names;
  coloured: Coloured;
}) {
  return (
    <For each={props.nodes}>
      {(node) => (
        <Changed change={node.change} coloured={props.coloured} isBlock={'type' in node && node.type !== 'mention'}>
          <Show
            when={'type' in node && node}
            fallback={'text' in node ? <TextPiece node={node} coloured={props.coloured} /> : ''}
          >
            {(element) => (
              <AlteredElement altered={element().altered} coloured={props.coloured}>
                <Switch
                  fallback={
                    <Dynamic
                      component={tagOf(element())}
                      dir="auto"
                      data-type={element().type === 'taskList' ? 'taskList' : undefined}
                    >
                      <Show
                        when={element().type === 'taskItem'}
                        fallback={
                          <ComparedBody nodes={element().children} names={props.names} coloured={props.coloured} />
                        }
                      >
                        <div class="compared-task">
                          <span>{element().attributes['checked'] === true ? '☑' : '☐'}</span>
                          <div>
                            <ComparedBody nodes={element().children} names={props.names} coloured={props.coloured} />
                          </div>
                        </div>
                      </Show>
                    </Dynamic>
                  }
                >
                  <Match when={element().type === 'mention'}>
                    <OldMention element={element()} names={props.names} />
                  </Match>
                  <Match when={element().type === 'horizontalRule'}>
                    <hr />
                  </Match>
                  <Match when={element().type === 'hardBreak'}>
                    <br />
                  </Match>
                  <Match when={element().type === 'image'}>
                    <Show when={element().attributes['src']}>
                      {(src) => <img src={String(src())} alt={String(element().attributes['alt'] ?? '')} />}
                    </Show>
                  </Match>
                </Switch>
              </AlteredElement>
            )}
          </Show>
        </Changed>
      )}
    </For>
  );
}

function OldMention(props: { element: ComparedElement; names: Names }) {
  const at = () => {
    const { noun, ref } = props.element.attributes;
    return isMentionNoun(noun) && isRecordId(ref) ? { noun, ref } : null;
  };
  return (
    <Show when={at()}>{(mention) => <MentionChip noun={mention().noun} id={mention().ref} names={props.names} />}</Show>
  );
}

function Changed(props: { change: Change | undefined; coloured: Coloured; isBlock: boolean; children: JSX.Element }) {
  return (
    <Show when={props.change} fallback={props.children}>
      {(change) => (
        <Dynamic
          component={change().kind === 'added' ? 'ins' : 'del'}
          class={`changed ${personClass(props.coloured.colourOf(change().by))}${props.isBlock ? ' is-block' : ''}`}
          title={`${props.coloured.nameOf(change().by)} ${change().kind === 'added' ? 'added' : 'removed'} this`}
        >
          {props.children}
        </Dynamic>
      )}
    </Show>
  );
}

/** What stayed and is set differently: with how it was, in the colour of who changed it. */
function AlteredElement(props: {
  altered: Altered<Attributes> | undefined;
  coloured: Coloured;
  children: JSX.Element;
}) {
  return (
    <Show when={props.altered} fallback={props.children}>
      {(altered) => (
        <div class={`changed is-block is-altered ${personClass(props.coloured.colourOf(altered().by))}`}>
          <span class="micro altered-words">
            <bdi>{props.coloured.nameOf(altered().by)}</bdi>: {wordsOfAttributes(altered().was, props.coloured.nameOf)}
          </span>
          {props.children}
        </div>
      )}
    </Show>
  );
}
