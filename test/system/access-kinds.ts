import type { Employee } from './access-company.ts';

type Answer = { readonly status: number; readonly body: Record<string, unknown> };

export interface KindProbe {
  readonly needs: 'view' | 'edit';
  ask(person: Employee, id: string): Promise<Answer>;
}

/**
 * A kind of thing that is shared by itself. To have a new one tried, in every role and on every kind of share, over the
 * API, sync, lists and search by its title, add one entry here.
 */
export interface Kind {
  /** Of the document: `<noun>/<id>`. */
  readonly noun: string;
  /** Where it is listed and made. */
  readonly path: string;
  /** What a POST takes besides the title. */
  readonly make: object;
  /** The field that holds the title. */
  readonly title: string;
  /** What a PATCH takes; changes nothing when it is sent again. Null: there is no such route. */
  readonly patch: object | null;
  /** Whether it can be deleted; tried on a thing made for it. */
  readonly isDeletable: boolean;
  /** Routes besides listing, making, reading, changing, deleting: as OpenAPI names them. */
  readonly more: Readonly<Record<string, KindProbe>>;
}

export const kinds: readonly Kind[] = [
  {
    noun: 'board',
    path: '/boards',
    make: { currency: 'EUR' },
    title: 'name',
    patch: { currency: 'EUR' },
    isDeletable: false,
    // The others are tried in access-routes.ts, on boards with something on them.
    more: {},
  },
  {
    noun: 'folder',
    path: '/folders',
    make: {},
    title: 'name',
    patch: {},
    isDeletable: true,
    more: {
      'POST /w/{ws}/folders/{id}/restore': {
        needs: 'edit',
        ask: (person, id) => person.call('POST', `/folders/${id}/restore`, {}),
      },
    },
  },
];

/** Every route of a kind with what it takes, in the words of OpenAPI. */
export function probesOf({ path, patch, isDeletable, more }: Kind): Record<string, KindProbe> {
  const one = `/w/{ws}${path}/{id}`;
  return {
    [`GET ${one}`]: { needs: 'view', ask: (person, id) => person.call('GET', `${path}/${id}`) },
    ...(patch === null
      ? {}
      : {
          [`PATCH ${one}`]: {
            needs: 'edit' as const,
            ask: (person: Employee, id: string) => person.call('PATCH', `${path}/${id}`, patch),
          },
        }),
    ...(isDeletable
      ? {
          // Only where it is refused: who may, is tried last and elsewhere.
          [`DELETE ${one}`]: {
            needs: 'edit' as const,
            ask: (person: Employee, id: string) => person.call('DELETE', `${path}/${id}`),
          },
        }
      : {}),
    ...more,
  };
}

/** The routes that the matrix of kinds tries, for the list of all that are classified. */
export const kindRoutes: readonly string[] = kinds.flatMap((kind) => [
  `GET /w/{ws}${kind.path}`,
  `POST /w/{ws}${kind.path}`,
  ...Object.keys(probesOf(kind)),
]);
