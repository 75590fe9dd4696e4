/** A record as search and the list of what was opened name it. */
export interface RecordKey {
  readonly noun: string;
  readonly id: string;
  readonly parent: string | null;
}

interface RecordPlace {
  /** What it is called beside a title. */
  readonly label: string;
  /** Where it is shown, below `/w/<workspace>`. */
  readonly path: (record: RecordKey) => string;
  /** Id and parent of the record that a page shows; null for other pages. `path` is below the workspace. */
  readonly shownAt: (path: string, search: URLSearchParams) => { id: string; parent: string | null } | null;
}

/** A page of its own, e.g. `/n/<id>`. */
const page = (label: string, folder: string): RecordPlace => ({
  label,
  path: ({ id }) => `/${folder}/${id}`,
  shownAt: (path) => {
    const [, first, id] = path.split('/');
    return first === folder && id !== undefined && id !== '' ? { id, parent: null } : null;
  },
});

/** Where records of each noun are shown: one line a noun. What is not here is not offered. */
const recordPlaces: Readonly<Record<string, RecordPlace>> = {
  deal: {
    label: 'Deal',
    path: ({ id, parent }) => `/b/${parent ?? ''}?deal=${id}`,
    shownAt(path, search) {
      const id = search.get('deal');
      const [, first, parent] = path.split('/');
      return first === 'b' && id !== null && parent !== undefined ? { id, parent } : null;
    },
  },
  lead: {
    label: 'Lead',
    path: ({ id, parent }) => `/leads/${parent ?? ''}?deal=${id}`,
    shownAt(path, search) {
      const id = search.get('deal');
      const [, first, parent] = path.split('/');
      return first === 'leads' && id !== null && parent !== undefined ? { id, parent } : null;
    },
  },
  company: page('Company', 'companies'),
  contact: page('Contact', 'contacts'),
  note: page('Note', 'n'),
  folder: { ...page('Folder', 'library'), path: ({ id }) => `/library?folder=${id}` },
  file: { ...page('File', 'library'), path: ({ id, parent }) => `/library?folder=${parent ?? ''}&file=${id}` },
};

export const placeOf = (noun: string): RecordPlace | undefined =>
  Object.hasOwn(recordPlaces, noun) ? recordPlaces[noun] : undefined;

/** The record that a page of the workspace shows, if it is one's. */
export function recordAt(path: string, search: string): RecordKey | null {
  const parameters = new URLSearchParams(search);
  for (const [noun, { shownAt }] of Object.entries(recordPlaces)) {
    const shown = shownAt(path, parameters);
    if (shown !== null) return { noun, ...shown };
  }
  return null;
}
