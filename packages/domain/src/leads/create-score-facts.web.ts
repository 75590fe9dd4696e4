import { createSignal, onCleanup, type Accessor } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { keepFacts, keptFacts, type KeptFacts } from './kept-facts.web.ts';
import type { ScoreFacts } from './score.ts';

/** Tables that what is asked here follows from. */
const follows = ['leads', 'lead_touches', 'lead_stage_entries', 'companies'];
/** A board where something happens all the time does not ask all the time. */
const gapMs = 3000;
const isWork = (what: string): boolean => what !== 'created' && what !== 'imported';

/**
 * What the server alone knows of a board's leads for their scores: since when they stand where they do, who worked on
 * them, whose company is known. Until it answers (or without a connection) scores go by what this device last heard.
 */
export function createScoreFacts(
  workspace: WorkspaceClient,
  boardId: string,
): Accessor<(leadId: string) => ScoreFacts> {
  const kept = keptFacts(workspace.workspaceId, boardId);
  const [signals, setSignals] = createSignal<KeptFacts['signals']>(kept.signals);
  const [known, setKnown] = createSignal<ReadonlySet<string>>(new Set(kept.known));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isGone = false;
  const ask = async () => {
    try {
      const [found, companies] = await Promise.all([
        workspace.api<{ items: KeptFacts['signals'] }>('GET', `/boards/${boardId}/signals`),
        workspace.api<{ items: string[] }>('GET', `/boards/${boardId}/known-companies`),
      ]);
      if (isGone) return;
      setSignals(found.items);
      setKnown(new Set(companies.items));
      keepFacts(workspace.workspaceId, boardId, { signals: found.items, known: companies.items });
    } catch {
      // Away from the server: what was known stays, and the page says that there is no connection.
    }
  };
  void ask();
  const off = workspace.onChanged(follows, () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void ask();
    }, gapMs);
  });
  onCleanup(() => {
    isGone = true;
    clearTimeout(timer);
    off();
  });
  return () => {
    const [now, companies, at] = [signals(), known(), workspace.now()];
    return (leadId) => {
      const signal = now[leadId];
      return {
        now: at,
        isKnownCompany: companies.has(leadId),
        stageSince: signal?.stageSince ?? null,
        touchedAt: signal && isWork(signal.touchedWhat) ? signal.touchedAt : null,
      };
    };
  };
}
