/** What only the server knows of a board's leads, as it last said. Instants are epoch ms. */
export interface KeptFacts {
  readonly signals: Readonly<
    Record<string, { readonly stageSince: number; readonly touchedAt: number; readonly touchedWhat: string }>
  >;
  /** Leads whose company is one that the workspace has. */
  readonly known: readonly string[];
}

const nothing: KeptFacts = { signals: {}, known: [] };
const keyOf = (workspaceId: string, boardId: string) => `rapport:lead-facts:${workspaceId}:${boardId}`;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const isSignal = (value: unknown): boolean =>
  isObject(value) &&
  Number.isFinite(value['stageSince']) &&
  Number.isFinite(value['touchedAt']) &&
  typeof value['touchedWhat'] === 'string';

/** Another version of the app may have written it, or a crash cut it off. */
const isFacts = (value: unknown): value is KeptFacts =>
  isObject(value) &&
  isObject(value['signals']) &&
  Object.values(value['signals']).every(isSignal) &&
  Array.isArray(value['known']) &&
  value['known'].every((id) => typeof id === 'string');

/** What this device last heard of a board; nothing when it never did. */
export function keptFacts(workspaceId: string, boardId: string): KeptFacts {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(workspaceId, boardId)) ?? 'null');
    return isFacts(stored) ? stored : nothing;
  } catch {
    // A cut entry: the server has the truth.
    return nothing;
  }
}

/** Keeps it for when there is no connection. */
export function keepFacts(workspaceId: string, boardId: string, facts: KeptFacts): void {
  try {
    localStorage.setItem(keyOf(workspaceId, boardId), JSON.stringify(facts));
  } catch {
    // No room on the device: offline, scores then go by the leads' own fields.
    localStorage.removeItem(keyOf(workspaceId, boardId));
  }
}
