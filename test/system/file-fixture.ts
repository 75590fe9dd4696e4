import { createHash } from 'node:crypto';
import type { Person, TestServer } from './server-fixture.ts';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Headers of the upload protocol with a person's cookie. */
export const tusHeaders = (server: TestServer, person: Person): Record<string, string> => ({
  'tus-resumable': '1.0.0',
  cookie: person.cookie,
  origin: server.url,
});

export const metadata = (pairs: Record<string, string>): string =>
  Object.entries(pairs)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');

export interface FileTools {
  /** Begins an upload. */
  begin(person: Person, length: number, about: Record<string, string>): Promise<Response>;
  /** Sends bytes to an upload's address. */
  patch(person: Person, where: string, offset: number, bytes: Uint8Array, extra?: object): Promise<Response>;
  /** The whole of it; answers the file's id. Throws what the server said when it refused. */
  upload(person: Person, bytes: Uint8Array | string, about: Record<string, string>): Promise<string>;
  content(person: Person, id: string): Promise<Response>;
}

/** Uploads over real connections. `path` is that of a workspace below the API. */
export function fileTools(server: TestServer, path: string): FileTools {
  const begin: FileTools['begin'] = async (person, length, about) =>
    await fetch(`${server.url}${path}/uploads`, {
      method: 'POST',
      headers: {
        ...tusHeaders(server, person),
        'upload-length': String(length),
        'upload-metadata': metadata(about),
      },
    });
  const patch: FileTools['patch'] = async (person, where, offset, bytes, extra = {}) =>
    await fetch(server.url + where, {
      method: 'PATCH',
      headers: {
        ...tusHeaders(server, person),
        'content-type': 'application/offset+octet-stream',
        'upload-offset': String(offset),
        ...extra,
      },
      body: bytes as Uint8Array<ArrayBuffer>,
    });
  return {
    begin,
    patch,
    async upload(person, given, about) {
      const bytes = typeof given === 'string' ? Buffer.from(given) : given;
      const begun = await begin(person, bytes.length, about);
      if (begun.status !== 201) throw new Error(`${begun.status} ${await begun.text()}`);
      if (bytes.length === 0) return begun.headers.get('rapport-file') ?? '';
      const done = await patch(person, begun.headers.get('location') ?? '', 0, bytes);
      if (done.status !== 204) throw new Error(`${done.status} ${await done.text()}`);
      return done.headers.get('rapport-file') ?? '';
    },
    content: async (person, id) =>
      await fetch(`${server.url}${path}/files/${id}/content`, { headers: { cookie: person.cookie } }),
  };
}
