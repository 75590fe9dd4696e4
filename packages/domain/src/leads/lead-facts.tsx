import { Show, createSignal, For, createEffect, on, onCleanup } from 'solid-js';
import Handshake from 'lucide-solid/icons/handshake';
import { Icon } from '@rapport/ui/icon';
import { Monogram } from '@rapport/ui/avatar';
import type { WorkspaceClient } from '../client.ts';
import { dateText, localDay } from '../fields/field-text.ts';
import type { Consent } from '../records/read-record.ts';
import { consentPurposes } from '../records/record-words.ts';

interface Facts {
  readonly converted: {
    readonly company: string | null;
    readonly contact: string | null;
    readonly deal: string | null;
  } | null;
  readonly consent: Readonly<Record<string, Consent>>;
}
interface Became {
  readonly noun: 'company' | 'contact' | 'deal';
  readonly name: string;
  readonly href: string;
}

const states = { granted: 'Granted', denied: 'Denied', withdrawn: 'Withdrawn', pending: 'Not confirmed yet' } as const;

/** What stands beside a lead's fields: what it became, and what its person agreed to. */
export function LeadFacts(props: { workspace: WorkspaceClient; leadId: string }) {
  const [facts, setFacts] = createSignal<Facts>();
  const [round, setRound] = createSignal(0);
  const [became, setBecame] = createSignal<readonly Became[]>([]);
  // A panel is in one workspace.
  // eslint-disable-next-line solid/reactivity
  const { workspace } = props;
  const base = `/w/${workspace.workspaceId}`;
  const nameOf = async (path: string): Promise<Record<string, string> | null> => {
    try {
      return await workspace.api<Record<string, string>>('GET', path);
    } catch {
      // It is in the bin, or private: the lead does not lead there.
      return null;
    }
  };
  const ask = async () => {
    const id = props.leadId;
    try {
      const found = await workspace.api<Facts>('GET', `/leads/${encodeURIComponent(id)}`);
      const { company = null, contact = null, deal = null } = found.converted ?? {};
      const [ofCompany, ofContact, ofDeal] = await Promise.all([
        company === null ? null : nameOf(`/companies/${company}`),
        contact === null ? null : nameOf(`/contacts/${contact}`),
        deal === null ? null : nameOf(`/deals/${deal}`),
      ]);
      if (props.leadId !== id) return;
      setFacts(found);
      setBecame([
        ...(ofContact
          ? [{ noun: 'contact', name: ofContact['name'] ?? '', href: `${base}/contacts/${contact}` } as const]
          : []),
        ...(ofCompany
          ? [{ noun: 'company', name: ofCompany['name'] ?? '', href: `${base}/companies/${company}` } as const]
          : []),
        ...(ofDeal
          ? [
              {
                noun: 'deal',
                name: ofDeal['title'] ?? 'Untitled',
                href: `${base}/b/${ofDeal['board']}?deal=${deal}`,
              } as const,
            ]
          : []),
      ]);
    } catch {
      // Offline: the fields are there, and this shows when the connection is back.
    }
  };
  createEffect(on([() => props.leadId, round], () => void ask()));
  onCleanup(workspace.onChanged(['leads'], () => setRound((last) => last + 1)));
  const purposes = () =>
    Object.entries(facts()?.consent ?? {}).map(([id, consent]) => ({
      id,
      label: consentPurposes.find((purpose) => purpose.id === id)?.label ?? id,
      consent,
    }));
  const said = ({ state, source, at }: Consent) =>
    [states[state], source, at === null ? '' : dateText(localDay(at))].filter((part) => part !== '').join(', ');
  return (
    <>
      <Show when={became().length > 0}>
        <section aria-label="What it became">
          <div class="tl-h">Became</div>
          <For each={became()}>
            {({ noun, name, href }) => (
              <a class="row link became" href={href}>
                <span class="row" aria-hidden="true">
                  <Show when={noun !== 'deal' && noun} fallback={<Icon of={Handshake} size={16} />}>
                    {(kind) => <Monogram name={name} kind={kind()} size={16} />}
                  </Show>
                </span>
                <bdi class="ellip">{name}</bdi>
              </a>
            )}
          </For>
        </section>
      </Show>
      <Show when={purposes().length > 0}>
        <section aria-label="Consent">
          <div class="tl-h">Consent</div>
          <dl class="fields">
            <For each={purposes()}>
              {({ label, consent }) => (
                <>
                  <dt>{label}</dt>
                  <dd class="still" title={consent.proof === '' ? undefined : consent.proof}>
                    <bdi>{said(consent)}</bdi>
                  </dd>
                </>
              )}
            </For>
          </dl>
        </section>
      </Show>
    </>
  );
}
