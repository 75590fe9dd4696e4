import './activity.css';
import { Avatar } from '@rapport/ui/avatar';
import { Icon } from '@rapport/ui/icon';
import { formatMoney } from '@rapport/ui/logic/money';
import { firstName, personClass } from '@rapport/ui/logic/person';
import { tooltip } from '@rapport/ui/tooltip';
import CircleX from 'lucide-solid/icons/circle-x';
import CloudOff from 'lucide-solid/icons/cloud-off';
import Trophy from 'lucide-solid/icons/trophy';
import { type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { WorkspaceClient } from '../client.ts';
import type { ActivityEntry } from './entry.ts';
import { actorName, type Telling, whenWords, wordsOf } from './words.ts';

/** How this workspace tells its activity, to this reader. Reactive. */
export function tellingOf(workspace: Pick<WorkspaceClient, 'members' | 'customFields'>): Telling {
  return {
    nameOf: (id) => workspace.members().get(id)?.name,
    labelOf: (field) => (workspace.customFields('deal')[field] ?? workspace.customFields('lead')[field])?.label,
    locale: navigator.language,
    money: (minor, currency) => formatMoney(minor, currency, navigator.language),
  };
}

/** One thing that happened: who, what, old → new, amount, when. A link when `href` says where the record is. */
export function ActivityLine(props: {
  entry: ActivityEntry;
  workspace: Pick<WorkspaceClient, 'members' | 'customFields'>;
  /** Epoch ms. */
  now: number;
  href?: string | undefined;
  onOpen?: ((event: MouseEvent) => void) | undefined;
  /** It has just happened: in its person's tint. */
  isNew?: boolean | undefined;
  /** Inside a record its own title says nothing. */
  hidesTitle?: boolean | undefined;
  /** Where no heading tells the day. */
  showsDay?: boolean | undefined;
}) {
  const telling = (): Telling => tellingOf(props.workspace);
  const words = () => wordsOf(props.entry, telling());
  const member = () => props.workspace.members().get(props.entry.actor);
  const name = () => actorName(props.entry, telling());
  const verb = () => (props.hidesTitle === true ? words().verb.replace(/ of$/, '') : words().verb);
  const value = () => (words().showsValue ? props.entry.value : null);
  const classes = () =>
    `fe${member() ? ` ${personClass(member()?.colour ?? 1)}` : ''}${props.isNew === true ? ' new' : ''}`;
  const inside = (): JSX.Element => (
    <>
      <Show when={member()} fallback={<span class="av s24 nobody" aria-hidden="true" />}>
        {(person) => <Avatar person={person()} size={24} decorative />}
      </Show>
      <div class="tx">
        <b>{firstName(name())}</b> {verb()}{' '}
        <Show when={props.hidesTitle !== true}>
          <b>{props.entry.title ?? 'Untitled'}</b>
        </Show>
        <Show when={words().from !== null || words().to !== null}>
          <span class="mv">
            <Show when={words().from}>
              {(from) => (
                <>
                  <span class="old">{from()}</span>{' '}
                </>
              )}
            </Show>
            <Show when={words().to}>
              {(to) => (
                <>
                  <span class="arrow" aria-label="to">
                    →
                  </span>{' '}
                  <b>{to()}</b>
                </>
              )}
            </Show>
          </span>
        </Show>
        <Show when={value() !== null || words().note !== null}>
          <span class="amt num">
            <Show when={props.entry.kind === 'won'}>
              <Icon of={Trophy} size={14} class="ok" />
            </Show>
            <Show when={props.entry.kind === 'lost'}>
              <Icon of={CircleX} size={14} class="bad" />
            </Show>
            <Show when={value()}>
              {(money) => <span>{formatMoney(money().minor, money().currency, navigator.language)}</span>}
            </Show>
            <Show when={words().note}>{(note) => <span class="t3">{note()}</span>}</Show>
          </span>
        </Show>
      </div>
      <span class="micro t3 num when">
        <Show when={props.entry.offline}>
          <Icon of={CloudOff} size={12} label="Done offline" />
        </Show>
        <time
          dateTime={new Date(props.entry.at).toISOString()}
          ref={(element) => tooltip(element, () => new Date(props.entry.at).toLocaleString(navigator.language))}
        >
          {whenWords(props.entry.at, props.now, { showsDay: props.showsDay === true, locale: navigator.language })}
        </time>
      </span>
    </>
  );
  return (
    <Dynamic
      component={props.href === undefined ? 'div' : 'a'}
      class={classes()}
      href={props.href}
      onClick={(event: MouseEvent) => props.onOpen?.(event)}
    >
      {inside()}
    </Dynamic>
  );
}
