import { sameJson } from '@rapport/doc/json';
import { rawRecord, recordMap } from '@rapport/doc/records';
import { type Accessor, createRenderEffect, createSignal, onCleanup } from 'solid-js';
import type * as Y from 'yjs';
import { cardsRoot } from '../boards/board.ts';
import { dealLinks, type DealLink } from './deal-links.ts';

export interface LinkedRecord extends DealLink {
  readonly id: string;
}

/** The contacts of a deal, and companies beside the one that it shows: live, the primary contact first. */
export function createDealLinks(doc: Accessor<Y.Doc>, dealId: Accessor<string>): Accessor<readonly LinkedRecord[]> {
  const [links, setLinks] = createSignal<readonly LinkedRecord[]>([], { equals: sameJson });
  createRenderEffect(() => {
    const map = recordMap(doc(), cardsRoot, dealId());
    const read = () => {
      const all = map === null ? [] : [...dealLinks(rawRecord(map))].map(([id, link]) => ({ id, ...link }));
      setLinks(
        all
          .filter(({ noun, primary }) => noun === 'contact' || !primary)
          .sort((a, b) => Number(b.primary) - Number(a.primary)),
      );
    };
    map?.observe(read);
    onCleanup(() => map?.unobserve(read));
    read();
  });
  return links;
}
