import type { ReadJob } from '../http/workspace-context.node.ts';
import type { ElementNode } from './body-tree.ts';
import { compareVersions, type ComparedElement } from './compare.ts';
import { documentAt } from './history.ts';
import { readBody } from './read-body.ts';
import { readMeta } from './read-meta.ts';
import { bodyRoot, noteDocument } from './schema.ts';
import { versionPoints, type VersionPoint } from './version-points.ts';

const mostPoints = 500;

/** The versions of a note that nobody had to name. */
export const readVersions: ReadJob<{ note: string }, VersionPoint[]> = {
  name: 'note-versions',
  run: (query, { note }) => versionPoints(query, noteDocument(note), mostPoints),
};

/** A note as it was. */
export const readVersion: ReadJob<{ note: string; seq: number }, { title: string; nodes: readonly ElementNode[] }> = {
  name: 'note-version',
  run(query, { note, seq }) {
    const doc = documentAt(query, noteDocument(note), seq);
    const version = { title: readMeta(doc).title, nodes: readBody(doc.getXmlFragment(bodyRoot)).nodes };
    doc.destroy();
    return version;
  },
};

/** What came and went between two versions, and through whom. */
export const readComparison: ReadJob<{ note: string; from: number; to: number }, ComparedElement[]> = {
  name: 'note-comparison',
  run: (query, { note, from, to }) => compareVersions(query, noteDocument(note), from, to),
};
