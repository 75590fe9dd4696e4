import { answerRace, type Race } from '@rapport/doc/race';
import { rootRecord } from '@rapport/doc/records';
import type { FieldSpec, FieldValue } from '@rapport/schema/fields';
import { Button } from '@rapport/ui/button';
import { Avatar } from '@rapport/ui/avatar';
import { RaceStrip } from '@rapport/ui/race-strip';
import { Show, untrack } from 'solid-js';
import { createRace } from '../create-race.web.ts';
import { valueText } from '../fields/field-text.ts';
import type { OpenRecord } from './create-record.web.ts';
import { isRecord } from './read-text.ts';
import { pointText, readPoint } from './point.ts';

const nobody = { id: '', name: 'Somebody', colour: 1 };

/** Two values that people wrote into one field unseen: the one that shows, and the other a press away. */
export function RecordRace(props: { record: OpenRecord; field: string; spec?: FieldSpec | undefined }) {
  const race = createRace(
    // One mount is one record.
    // eslint-disable-next-line solid/reactivity
    props.record.doc,
    rootRecord,
    untrack(() => props.field),
  );
  const personOf = (id: string) => props.record.workspace.members().get(id) ?? { ...nobody, id };
  const words = (raw: unknown): string => {
    if (raw === null || raw === undefined) return 'nothing';
    if (props.spec !== undefined) {
      const { workspace } = props.record;
      const other = props.spec.type === 'reference' ? 'another record' : 'somebody';
      return valueText(props.spec, raw as FieldValue, (id) => workspace.members().get(id)?.name ?? other);
    }
    const point = readPoint(raw);
    if (point !== null) return pointText(point);
    if (isRecord(raw) && typeof raw['state'] === 'string') return raw['state'];
    return typeof raw === 'string' ? raw : JSON.stringify(raw);
  };
  const answer = (found: Race, how: 'swap' | 'keep') =>
    props.record.perform(
      answerRace(found, how, props.record.workspace.now()),
      how === 'swap' ? 'Put the other value in' : 'Kept the value',
    );
  const isLocked = () => props.record.lockReason() !== undefined;
  return (
    <Show when={race()}>
      {(found) => (
        <div class="wrap">
          <Show
            when={found().otherBy === props.record.workspace.me.id}
            fallback={
              <div
                class={`race p${personOf(found().keptBy).colour}`}
                role="group"
                aria-label="Two values for one field"
              >
                <Avatar person={personOf(found().keptBy)} size={18} decorative />
                <span class="grow">
                  {found().keptBy === props.record.workspace.me.id ? 'You' : personOf(found().keptBy).name} set{' '}
                  <b class="semi">{words(found().kept)}</b> while {personOf(found().otherBy).name} set{' '}
                  <b class="semi">{words(found().other)}</b>
                </span>
                <Button size="sm" disabledReason={props.record.lockReason()} onClick={() => answer(found(), 'swap')}>
                  Swap
                </Button>
                <Button
                  size="sm"
                  variant="ghost"
                  disabledReason={props.record.lockReason()}
                  onClick={() => answer(found(), 'keep')}
                >
                  Keep
                </Button>
              </div>
            }
          >
            <RaceStrip
              person={personOf(found().keptBy)}
              theirs={words(found().kept)}
              mine={words(found().other)}
              canSwap={!isLocked()}
              onSwap={() => answer(found(), 'swap')}
              onKeep={() => answer(found(), 'keep')}
            />
          </Show>
        </div>
      )}
    </Show>
  );
}
