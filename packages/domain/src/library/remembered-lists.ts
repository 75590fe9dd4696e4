/** Where a device keeps what it knows of a library, for when there is no connection. Plain data. */
export interface LibraryMemory {
  read(): Promise<unknown>;
  keep(value: unknown): void;
}

const mostPlaces = 12;

interface Remembered<List, Side> {
  readonly places: [string, List][];
  readonly side: Side | null;
}

/**
 * The lists of the places that were looked at last, and what stands beside them. What an earlier visit left is good until
 * the server answers: then it may name things that are hidden from this person now, and goes.
 */
export function makeRememberedLists<List, Side>(memory: LibraryMemory | undefined) {
  const places = new Map<string, List>();
  const older = new Map<string, List>();
  let side: Side | null = null;
  let olderSide: Side | null = null;
  const keep = () => memory?.keep({ places: [...places], side } satisfies Remembered<List, Side>);
  return {
    /** Resolves when what an earlier visit left is there. */
    loaded: (memory?.read() ?? Promise.resolve(undefined)).then((value) => {
      if (typeof value !== 'object' || value === null || !('places' in value)) return;
      const kept = value as Remembered<List, Side>;
      for (const [key, list] of kept.places) if (!places.has(key)) older.set(key, list);
      olderSide = kept.side;
    }),
    of: (key: string): List | undefined => places.get(key) ?? older.get(key),
    side: (): Side | null => side ?? olderSide,
    put(key: string, list: List): void {
      older.clear();
      places.delete(key);
      places.set(key, list);
      for (const oldest of places.keys()) if (places.size > mostPlaces) places.delete(oldest);
      keep();
    },
    putSide(next: Side): void {
      side = next;
      olderSide = null;
      keep();
    },
    /** The server does not show it (any more). */
    drop(key: string): void {
      places.delete(key);
      older.delete(key);
      keep();
    },
    /** Shares changed: what is not asked for again may name what is hidden now. */
    dropAll(): void {
      places.clear();
      older.clear();
      keep();
    },
  };
}
