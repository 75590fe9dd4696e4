import { isUlid } from '@rapport/doc/ids';
import type { Json } from '@rapport/doc/json';
import type { OpenRecord } from './create-record.web.ts';
import type { RecordLinks } from './record-screen.tsx';

/** What the other record's own document holds is written by the server; it can be taken back like any other step. */
async function step(
  record: OpenRecord,
  text: string,
  again: () => Promise<unknown>,
  back: () => Promise<unknown>,
): Promise<void> {
  const { workspace } = record;
  const tried = async (run: () => Promise<unknown>): Promise<boolean> => {
    try {
      await run();
      return true;
    } catch (error) {
      workspace.toast({ text: `Not done. ${error instanceof Error ? error.message : ''}`, tone: 'danger' });
      return false;
    }
  };
  if (await tried(again))
    workspace.performed({ kind: 'edit', text }, { back: () => tried(back), again: () => tried(again) });
}

const linkOf = (record: OpenRecord): Record<string, Json> =>
  record.type.noun === 'company' ? { company: record.id } : { contact: record.id };

/** Links a deal that is there to this record; whom it was linked to before stays. */
export function linkDeal(record: OpenRecord, id: string, title: string): Promise<void> {
  const key = record.type.noun === 'company' ? 'company' : 'contact';
  const link = `/deals/${id}/links/${record.id}`;
  let typed: Json = null;
  return step(
    record,
    `Linked “${title}” to ${record.state().name}`,
    async () => {
      const before = (await record.workspace.api<Record<string, Json>>('GET', `/deals/${id}`))[key] ?? null;
      // A name that was only text gives way to the record, and comes back with the undo.
      typed = isUlid(before) ? null : before;
      await record.workspace.api('PUT', link, {});
    },
    async () => {
      await record.workspace.api('DELETE', link);
      if (typed !== null) await record.workspace.api('PATCH', `/deals/${id}`, { [key]: typed });
    },
  );
}

/** Takes a deal off this record. */
export const unlinkDeal = (
  record: OpenRecord,
  id: string,
  title: string,
  role: string,
  primary: boolean,
): Promise<void> =>
  step(
    record,
    `Unlinked “${title}” from ${record.state().name}`,
    () => record.workspace.api('DELETE', `/deals/${id}/links/${record.id}`),
    () => record.workspace.api('PUT', `/deals/${id}/links/${record.id}`, { role, primary }),
  );

/** Makes this record the one that a deal's card shows. */
export function makePrimary(record: OpenRecord, id: string, title: string): Promise<void> {
  const key = record.type.noun === 'company' ? 'company' : 'contact';
  let before: Json = null;
  return step(
    record,
    `Made ${record.state().name} the ${key} of “${title}”`,
    async () => {
      before = (await record.workspace.api<Record<string, Json>>('GET', `/deals/${id}`))[key] ?? null;
      await record.workspace.api('PUT', `/deals/${id}/links/${record.id}`, { primary: true });
    },
    () => record.workspace.api('PUT', `/deals/${id}/links/${String(before)}`, { primary: true }),
  );
}

/** Makes a company that is there a part of this one; null takes it out again. */
export function linkPart(record: OpenRecord, id: string, name: string): Promise<void> {
  let before: Json = null;
  return step(
    record,
    `Made ${name} a part of ${record.state().name}`,
    async () => {
      before = (await record.workspace.api<Record<string, Json>>('GET', `/companies/${id}`))['parent'] ?? null;
      await record.workspace.api('PATCH', `/companies/${id}`, { parent: record.id });
    },
    () => record.workspace.api('PATCH', `/companies/${id}`, { parent: before }),
  );
}

/** Makes a company that is a part of this one. */
export function makePart(record: OpenRecord, name: string): Promise<void> {
  let id = '';
  return step(
    record,
    `Added ${name} as a part of ${record.state().name}`,
    async () => {
      id = (await record.workspace.api<{ id: string }>('POST', '/companies', { name, parent: record.id })).id;
    },
    () => record.workspace.api('DELETE', `/companies/${id}`),
  );
}

/** Makes a deal of this record in the first pipeline that can be edited. */
export function makeDeal(record: OpenRecord, title: string, links: RecordLinks): Promise<void> {
  const board = links.dealBoard();
  if (board === undefined) {
    record.workspace.toast({ text: 'There is no pipeline yet that you may edit.', tone: 'danger' });
    return Promise.resolve();
  }
  const company = record.type.noun === 'contact' ? record.state().primary.company : null;
  let id = '';
  return step(
    record,
    `Added “${title}” for ${record.state().name}`,
    async () => {
      const made = await record.workspace.api<{ id: string }>('POST', '/deals', {
        board,
        title,
        ...(company === null ? {} : { company }),
        ...linkOf(record),
      });
      id = made.id;
    },
    () => record.workspace.api('DELETE', `/deals/${id}`),
  );
}

/** Links a contact that is there to this company. */
export const linkPerson = (record: OpenRecord, id: string, name: string): Promise<void> =>
  step(
    record,
    `Linked ${name} to ${record.state().name}`,
    () => record.workspace.api('PUT', `/contacts/${id}/links/${record.id}`, {}),
    () => record.workspace.api('DELETE', `/contacts/${id}/links/${record.id}`),
  );

/** Makes a contact who works for this company. */
export function makePerson(record: OpenRecord, name: string): Promise<void> {
  let id = '';
  return step(
    record,
    `Added ${name} to ${record.state().name}`,
    async () => {
      const made = await record.workspace.api<{ id: string }>('POST', '/contacts', {
        name,
        companies: [{ id: record.id }],
      });
      id = made.id;
    },
    () => record.workspace.api('DELETE', `/contacts/${id}`),
  );
}
