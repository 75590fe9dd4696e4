import * as v from 'valibot';
import { aboutCopy } from '../about-copy.ts';

/** Of what `restore-export` reads: about.json and the folder history. Tables and CSV are for other programs. */
export const exportFormat = 1;

export const exportAbout = v.object({ ...aboutCopy.entries, exportFormat: v.number() });

export const documentLine = v.object({
  name: v.string(),
  createdSeq: v.number(),
  erased: v.optional(v.nullable(v.string())),
});
export const clientLine = v.object({ doc: v.string(), client: v.number(), actor: v.string() });
export const logLine = v.object({
  seq: v.number(),
  doc: v.string(),
  at: v.number(),
  actor: v.string(),
  via: v.picklist(['live', 'offline', 'rest', 'import', 'server']),
  agent: v.optional(v.string()),
  /** A Yjs V1 update, base64. */
  update: v.string(),
});

export const parts = {
  about: 'about.json',
  keys: 'api-keys.json',
  audit: 'audit.ndjson',
  documents: 'history/documents.ndjson',
  clients: 'history/clients.ndjson',
  log: 'history/log.ndjson',
} as const;

export const readme = `This is everything of one Rapport workspace.

deals.csv               all deals that are not deleted, for spreadsheets (UTF-8, comma, people and stages by name)
leads.csv               the same of leads
members.json            the people, also those who left
api-keys.json           API keys: name, role, whose, last use; the keys themselves are kept nowhere
audit.ndjson            the audit log, a line each: who, when, what, to what (ids; names are in members.json)
custom-fields.json      the deals' custom fields
tables/<name>.json      every table that is derived from the documents: boards, stages, deals, activity and so on.
                        Money is integer minor units with its currency beside it, instants are epoch milliseconds (UTC),
                        days are YYYY-MM-DD, lists and custom values are JSON in text
contents/<sha256>       what is in the files, each once; tables/file_versions.json says which file has which
kept/<name>.json        what is in no document: teams, and who shares what with whom
history/log.ndjson      every change ever made, in order: who, when, to which document, and the change itself as a
                        Yjs V1 update in base64. Applying a document's updates in order gives the document
history/documents.ndjson, history/clients.ndjson
                        the documents, and whose writer ids are in them
about.json              the workspace, its people, when and by which version this was written

Another installation takes it in, with equal history, reports and people:

    npm run rapport -- restore-export <this file>

Accounts, passwords and invitations are not in it. API keys come back revoked: make new ones.
`;
