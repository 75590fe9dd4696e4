import { Switch } from '@rapport/ui/switch';
import { For, createMemo } from 'solid-js';
import { dateText, localDay } from '../fields/field-text.ts';
import type { OpenRecord } from './create-record.web.ts';
import { setConsent } from './ops.ts';
import { RecordRace } from './record-race.tsx';
import { consentPurposes } from './record-words.ts';

const states = { granted: 'Granted', denied: 'Denied', withdrawn: 'Withdrawn', pending: 'Not confirmed yet' } as const;

/** What somebody may be written to for, and how that is known. */
export function ConsentLines(props: { record: OpenRecord }) {
  const purposes = createMemo(() => {
    const others = [...props.record.state().consent.keys()].filter(
      (id) => !consentPurposes.some((purpose) => purpose.id === id),
    );
    return [...consentPurposes, ...others.map((id) => ({ id, label: id }))];
  });
  return (
    <dl class="fields">
      <For each={purposes()}>
        {(purpose) => {
          const known = () => props.record.state().consent.get(purpose.id);
          const words = () => {
            const consent = known();
            if (!consent) return 'Never asked';
            const when = consent.at === null ? '' : dateText(localDay(consent.at));
            return [consent.source === '' ? states[consent.state] : consent.source, when]
              .filter((part) => part !== '')
              .join(', ');
          };
          return (
            <>
              <dt>{purpose.label}</dt>
              <dd>
                <Switch
                  label={purpose.label}
                  checked={known()?.state === 'granted'}
                  disabled={props.record.lockReason() !== undefined}
                  onChange={(granted) =>
                    props.record.perform(
                      setConsent(purpose.id, {
                        state: granted ? 'granted' : 'withdrawn',
                        at: props.record.workspace.now(),
                        source: `Told ${props.record.workspace.me.name}`,
                        proof: '',
                      }),
                      `${granted ? 'Noted consent' : 'Noted that consent was withdrawn'}: ${purpose.label}, ${props.record.state().name}`,
                    )
                  }
                />
                <span class="small t3 ellip" dir="auto">
                  {words()}
                </span>
              </dd>
              <RecordRace record={props.record} field={purpose.id} />
            </>
          );
        }}
      </For>
    </dl>
  );
}
