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

/** Links a deal that is there to this record. */
export function linkDeal(record: OpenRecord, id: string, title: string): Promise<void> {
  const key = record.type.noun === 'company' ? 'company' : 'contact';
  let before: Json = null;
  return step(
    record,
    `Linked “${title}” to ${record.state().name}`,
    async () => {
      const deal = await record.workspace.api<Record<string, Json>>('GET', `/deals/${id}`);
      before = deal[key] ?? null;
      await record.workspace.api('PATCH', `/deals/${id}`, linkOf(record));
    },
    () => record.workspace.api('PATCH', `/deals/${id}`, { [key]: before }),
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
