import { openShare, type Share } from '@rapport/domain/access/share';

/** Shares and places of one workspace, in memory: a thing's share is its own, else that of what it lies in, else open. */
export interface ShareTree {
  own(id: string): Share | undefined;
  share(id: string): Share;
  parentOf(id: string): string | null;
  /** Whether `id` is `above`, or lies anywhere in it. */
  isIn(id: string, above: string): boolean;
  /** Null: nothing is said of the thing itself any more. */
  setShare(id: string, share: Share | null): void;
  setParent(id: string, parent: string | null): void;
  /** Every thing that somebody is kept from, by its own share or by what it lies in, that `isHidden` says so of. */
  hiddenBy(isHidden: (share: Share) => boolean): string[];
  /** Things with a share of their own. */
  shared(): Iterable<[string, Share]>;
}

export function makeShareTree(shares: Map<string, Share>, places: Map<string, string>): ShareTree {
  /** Most things are everybody's; only these can be hidden from anybody. */
  const restricted = new Set<string>();
  const within = new Map<string, Set<string>>();
  const note = (id: string, share: Share | null) =>
    void (share?.kind === 'restricted' ? restricted.add(id) : restricted.delete(id));
  const putIn = (id: string, parent: string) => {
    const siblings = within.get(parent) ?? new Set();
    within.set(parent, siblings.add(id));
  };
  for (const [id, share] of shares) note(id, share);
  for (const [id, parent] of places) putIn(id, parent);

  return {
    own: (id) => shares.get(id),
    share(id) {
      let at: string | undefined = id;
      for (; at !== undefined; at = places.get(at)) {
        const own = shares.get(at);
        if (own !== undefined) return own;
      }
      return openShare;
    },
    parentOf: (id) => places.get(id) ?? null,
    isIn(id, above) {
      let at: string | undefined = id;
      while (at !== undefined && at !== above) at = places.get(at);
      return at === above;
    },
    setShare(id, share) {
      if (share === null) shares.delete(id);
      else shares.set(id, share);
      note(id, share);
    },
    setParent(id, parent) {
      const before = places.get(id);
      if (before !== undefined) within.get(before)?.delete(id);
      if (parent === null) places.delete(id);
      else {
        places.set(id, parent);
        putIn(id, parent);
      }
    },
    hiddenBy(isHidden) {
      const hidden: string[] = [];
      for (const id of restricted) {
        const share = shares.get(id);
        if (share !== undefined && isHidden(share)) hidden.push(id);
      }
      // The list grows while it is walked: what lies in something hidden, without a share of its own, is hidden with it.
      for (const id of hidden) for (const inner of within.get(id) ?? []) if (!shares.has(inner)) hidden.push(inner);
      return hidden;
    },
    shared: () => shares,
  };
}
