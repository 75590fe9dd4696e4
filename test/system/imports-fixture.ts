import type { Person, TestServer } from './server-fixture.ts';

/** An import as the API answers it; which of the parts are there depends on what was asked. */
export interface ImportAnswer {
  readonly id: string;
  readonly status: string;
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly message: string | null;
  readonly errors: readonly { row: number; field: string; message: string }[];
  readonly alike: readonly {
    row: number;
    title: string;
    record: string | null;
    otherTitle: string;
    isTaken: boolean;
    reasons: readonly { what: string; how: string }[];
  }[];
  readonly alikeCount: number;
  readonly warnings: readonly { row: number; message: string }[];
  readonly kept: readonly { record: string; title: string; field: string }[];
  readonly keptCount: number;
  readonly questions: readonly { column: string; options: readonly { format: string }[] }[];
  readonly also: {
    readonly people: readonly string[];
    readonly stages: readonly { name: string }[];
    readonly fields: readonly { label: string }[];
    readonly records?: readonly { noun: string; created: number; used: number }[];
  };
  readonly looks: readonly { row: number; cells: Readonly<Record<string, string>> }[];
  readonly file: {
    readonly kind: string;
    readonly encoding: string;
    readonly delimiter: string;
    readonly sheets: readonly string[];
    readonly sheet: string | null;
  };
  readonly spellings: readonly { suggested: string }[];
  readonly columns: readonly { column: string; target: unknown; samples: readonly string[] }[];
  readonly error?: { code: string; message: string; fields?: Record<string, string> };
}

type FileText = string | Uint8Array<ArrayBuffer>;

/** Imports into one workspace as one person. */
export function importsOf(server: TestServer, person: Person, path: string) {
  async function send(text: FileText, options: object | string = {}, name = 'file.csv') {
    const form = new FormData();
    form.set('file', new File([text], name));
    form.set('options', typeof options === 'string' ? options : JSON.stringify(options));
    const headers = { cookie: person.cookie, origin: new URL(server.url).origin };
    const response = await fetch(`${server.url}${path}/imports`, { method: 'POST', body: form, headers });
    return { status: response.status, body: (await response.json()) as ImportAnswer };
  }
  async function finished(id: string): Promise<ImportAnswer> {
    for (;;) {
      const { body } = await person.call('GET', `${path}/imports/${id}`);
      if (body['status'] !== 'running' && body['status'] !== 'undoing') return body as unknown as ImportAnswer;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  return {
    send,
    finished,
    preview: async (text: FileText, options: object = {}) => (await send(text, { ...options, preview: true })).body,
    /** Runs an import to its end. */
    async run(text: FileText, options: object = {}): Promise<ImportAnswer> {
      const { status, body } = await send(text, options);
      if (status !== 202) throw new Error(`not imported: ${status} ${JSON.stringify(body)}`);
      return finished(body.id);
    },
    async undo(id: string): Promise<ImportAnswer> {
      const { status, body } = await person.call('POST', `${path}/imports/${id}/undo`, {});
      if (status !== 200) throw new Error(`not undone: ${status} ${JSON.stringify(body)}`);
      return finished(id);
    },
    /** All records of a noun, `contacts` or `companies`. */
    async list(noun: string, query = ''): Promise<Record<string, unknown>[]> {
      const found: Record<string, unknown>[] = [];
      for (let cursor: unknown = ''; cursor !== null;) {
        const more = cursor === '' ? '' : `&cursor=${encodeURIComponent(String(cursor))}`;
        const { body } = await person.call('GET', `${path}/${noun}?limit=500${query}${more}`);
        if (!body.items) throw new Error(JSON.stringify(body));
        found.push(...body.items);
        cursor = body['nextCursor'] ?? null;
      }
      return found;
    },
    get: async (noun: string, id: unknown) => (await person.call('GET', `${path}/${noun}/${String(id)}`)).body,
  };
}
