import type { ChangeLabel } from '@rapport/domain/client';
import type { History, KeptHistory } from '@rapport/doc/undo';

const prefix = 'rapport.undo.';
let isForgotten = false;
const keyOf = (workspaceId: string, memberId: string) => `${prefix}${workspaceId}.${memberId}`;

/**
 * What this tab could undo before it was loaded anew; nothing in a new tab. It is taken: whoever keeps it writes it again.
 */
export function takeKeptHistory(workspaceId: string, memberId: string): KeptHistory<ChangeLabel> | undefined {
  const key = keyOf(workspaceId, memberId);
  try {
    const text = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return text === null ? undefined : (JSON.parse(text) as KeptHistory<ChangeLabel>);
  } catch {
    // A browser that keeps nothing, or somebody else's entry: there is nothing to undo then.
    return undefined;
  }
}

/**
 * Keeps the history in the tab when its page goes, until the returned function is called: a workspace that was left, or
 * whose person has signed out, leaves nothing.
 */
export function keepHistory(options: {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly history: History<ChangeLabel>;
  /** Whether this person still sees a document: what they do not is not kept. */
  readonly isSeen: (doc: string) => boolean;
}): () => void {
  const keep = () => {
    if (isForgotten) return;
    try {
      const kept = options.history.toKeep(options.isSeen);
      sessionStorage.setItem(keyOf(options.workspaceId, options.memberId), JSON.stringify(kept));
    } catch {
      // More than a tab may keep, or a browser that keeps nothing: the steps end with the page, as those of a closed tab.
    }
  };
  addEventListener('pagehide', keep);
  return () => removeEventListener('pagehide', keep);
}

/** For sign-out: nothing of any history stays in this tab, nor is written until it is loaded anew. */
export function forgetHistories(): void {
  isForgotten = true;
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
