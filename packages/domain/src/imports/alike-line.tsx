import { Show } from 'solid-js';
import { reasonText } from '../duplicates/reason-words.ts';
import type { AlikeRow } from './alike.ts';

/** One row that is like another, with why: `Row 4 · Bob Stone is Robert Stone: Same phone, Nickname`. */
export function AlikeLine(props: { alike: AlikeRow; recordPath?: ((id: string) => string) | undefined }) {
  const name = () => props.alike.otherTitle || 'one that is not shared with you';
  const why = () => props.alike.reasons.map(reasonText).join(', ');
  const path = () => {
    const { record, otherTitle } = props.alike;
    return record === null || otherTitle === '' ? undefined : props.recordPath?.(record);
  };
  return (
    <li>
      <span class="num t3">Row {props.alike.row}</span>
      <span>
        <b class="med">{props.alike.title}</b> {props.alike.isTaken ? 'is' : 'may be'}{' '}
        <Show when={path()} fallback={name()}>
          {(href) => (
            <a class="link" href={href()}>
              {name()}
            </a>
          )}
        </Show>
        <Show when={props.alike.other !== null}> in row {props.alike.other}</Show>
        <Show when={why() !== ''}>
          <span class="t2">: {why()}</span>
        </Show>
      </span>
    </li>
  );
}
