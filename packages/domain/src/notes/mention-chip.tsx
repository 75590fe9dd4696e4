import { Avatar, Monogram } from '@rapport/ui/avatar';
import { Icon } from '@rapport/ui/icon';
import { formatMoney } from '@rapport/ui/logic/money';
import { firstName } from '@rapport/ui/logic/person';
import { StageMark } from '@rapport/ui/stage-mark';
import FileText from 'lucide-solid/icons/file-text';
import Lock from 'lucide-solid/icons/lock';
import { Match, Show, Switch } from 'solid-js';
import type { Named, Names } from './names.web.ts';
import type { MentionNoun } from './schema.ts';

/** Only the ring ever shows a stage's colour. */
const stageColour = (colour: string): string | undefined => (colour === '' ? undefined : `var(--person-${colour})`);

const words = (named: Named): string =>
  [
    named.stage?.name,
    named.value == null ? undefined : formatMoney(named.value.minor, named.value.currency, navigator.language),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');

/** Somebody or something that a text mentions, as it is now; neutral where the reader may not know. */
export function MentionChip(props: {
  noun: MentionNoun;
  id: string;
  names: Names;
  hrefOf?: ((noun: MentionNoun, id: string, parent: string | undefined) => string | null) | undefined;
}) {
  const named = () => props.names.of(props.noun, props.id)();
  const href = () => {
    const found = named();
    return found == null ? null : (props.hrefOf?.(props.noun, props.id, found.parent) ?? null);
  };
  return (
    <Switch
      fallback={
        <span class="mention nobody" title="Something that you may not open, or that is gone">
          <Icon of={Lock} size={12} />
          <span class="sr">Something that you may not open, or that is gone</span>
        </span>
      }
    >
      <Match when={named() === undefined}>
        <span class="mention nobody">
          <span class="sk" style={{ width: '56px', display: 'inline-block' }} />
        </span>
      </Match>
      <Match when={named()}>
        {(found) => (
          <a class="mention" href={href() ?? undefined} data-chip={`${props.noun}/${props.id}`}>
            <Switch>
              <Match when={props.noun === 'member'}>
                <Avatar
                  person={{ id: props.id, name: found().name, colour: found().colour ?? 1 }}
                  size={16}
                  decorative
                />
              </Match>
              <Match when={props.noun === 'contact' || props.noun === 'company'}>
                <Monogram name={found().name} kind={props.noun === 'contact' ? 'contact' : 'company'} size={16} />
              </Match>
              <Match when={props.noun === 'deal' || props.noun === 'lead'}>
                <StageMark
                  probability={found().stage?.probability ?? 0}
                  colour={stageColour(found().stage?.colour ?? '')}
                />
              </Match>
              <Match when={props.noun === 'note'}>
                <Icon of={FileText} size={14} />
              </Match>
            </Switch>
            <bdi class="ellip">{props.noun === 'member' ? firstName(found().name) : found().name || 'Untitled'}</bdi>
            <Show when={words(found()) !== ''}>
              <span class="t3 num detail">{words(found())}</span>
            </Show>
          </a>
        )}
      </Match>
    </Switch>
  );
}
