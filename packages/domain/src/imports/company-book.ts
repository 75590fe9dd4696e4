import { readSite } from '../duplicates/normalize.ts';
import { isPublicDomain } from '../duplicates/public-domains.ts';
import { nameKey } from './name-key.ts';
import { mergeDrafts } from './record-draft.ts';
import type { RecordDraft } from './record-noun.ts';

/** A company that rows name. */
export interface NamedCompany {
  /** Of the record that is there; null: the import makes it. */
  readonly id: string | null;
  readonly draft: RecordDraft;
}

/** A company's site as it is compared; null for none, and for those of mail providers, which are nobody's own. */
export function siteKey(text: string | undefined): string | null {
  const site = text === undefined ? null : readSite(text);
  return site === null || isPublicDomain(site) ? null : site;
}

/**
 * The companies that a file names, each once: by its site where one is known, else by its name without case, signs and
 * accents. `Acme` and `Acme Inc.` stay two: nobody but a person can say that they are one.
 */
export function makeCompanyBook() {
  const byName = new Map<string, string>();
  const bySite = new Map<string, string>();
  const named = new Map<string, NamedCompany>();
  return {
    /** A company that is there. The first of a name is the one that is meant. */
    know(id: string, name: string, sites: readonly string[]): void {
      const key = nameKey(name);
      if (!byName.has(key)) byName.set(key, id);
      for (const text of sites) {
        const site = siteKey(text);
        if (site !== null && !bySite.has(site)) bySite.set(site, id);
      }
    },
    /** Notes that a row names it; answers its mark, by which it is asked for later. */
    name(name: string, site: string | undefined, draft: RecordDraft): string {
      const key = nameKey(name);
      const host = siteKey(site);
      const there = (host === null ? undefined : bySite.get(host)) ?? byName.get(key);
      const mark = there ?? `new ${host ?? key}`;
      // The next row may name it by its name alone.
      if (!byName.has(key)) byName.set(key, mark);
      if (host !== null && !bySite.has(host)) bySite.set(host, mark);
      const before = named.get(mark);
      if (before) named.set(mark, { ...before, draft: mergeDrafts(before.draft, draft) });
      else named.set(mark, { id: mark.startsWith('new ') ? null : mark, draft });
      return mark;
    },
    get: (mark: string): NamedCompany | undefined => named.get(mark),
    all: (): ReadonlyMap<string, NamedCompany> => named,
  };
}

export type CompanyBook = ReturnType<typeof makeCompanyBook>;
