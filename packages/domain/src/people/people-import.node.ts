import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import { pagesOf, type FileReading } from '../imports/file-reading.ts';
import { ownedTables, ownersAmong } from '../imports/make-fields.node.ts';
import { nameKey } from '../imports/name-key.ts';
import type { ImportOptions } from '../imports/options.ts';
import type { KeptRecord, MadeTeam } from '../imports/record.ts';
import type { Batch, ImportPlan, ImportSession, ImportTarget, Made } from '../imports/session.node.ts';
import { peopleImportFields } from './import-fields.ts';
import { makePeoplePlanner, type PlannedPerson } from './plan-people.ts';

/** People in one commit of the import's record. */
const batchSize = 100;

/** A planned person with the id that they have or will have. */
interface Known extends PlannedPerson {
  readonly memberId: string;
}

/** Opens an import of people: into the workspace itself, not into a document. */
async function openPeopleImport(ws: WorkspaceContext, deps: NounDeps): Promise<ImportSession> {
  async function plan(
    file: FileReading,
    _name: string,
    options: ImportOptions,
    pause: () => Promise<void>,
  ): Promise<ImportPlan> {
    const { columns } = file.about;
    const planner = makePeoplePlanner({
      members: ws.people.list(),
      teams: ws.teams.list(),
      grantsRoles: options.roles === 'file',
      columnOf: (key) => columns.find((column) => column.key === key)?.column ?? '',
    });
    for await (const { rows, errors } of pagesOf(file)) {
      await pause();
      planner.refuse(errors);
      for (const row of rows) planner.take(row);
    }
    const { people, newTeams, asked, ...counts } = planner.finish();
    return {
      ...counts,
      also: {
        stages: [],
        people: [],
        fields: [],
        teams: newTeams,
        roles: { asked, isGranted: options.roles === 'file' },
      },
      begin: () => Promise.resolve(begin(ws, deps, people)),
    };
  }

  return {
    noun: 'people',
    place: { id: '', name: '', doc: '' },
    fields: peopleImportFields,
    takenKeys: [],
    makesNone: true,
    currency: 'EUR',
    knownValues: (field) => (field === 'team' ? ws.teams.list().map(({ name }) => name) : []),
    defaultKey: () => [],
    keyChoices: () => [],
    isKey: () => false,
    plan,
  };
}

/** What will be made is known before anything is: a crash in between leaves a record that can be taken back. */
function begin(
  ws: WorkspaceContext,
  deps: NounDeps,
  planned: readonly PlannedPerson[],
): { made: Made; batches: Batch[] } {
  const people = planned.map((person): Known => ({ ...person, memberId: person.id ?? deps.newId() }));
  const teams = teamsOf(ws, deps, people);
  const batches: Batch[] = [];
  for (let at = 0; at < people.length; at += batchSize) {
    const part = people.slice(at, at + batchSize);
    const created = part.filter(({ id }) => id === null).length;
    batches.push({
      docs: [],
      rows: part.length,
      created,
      updated: part.length - created,
      written: { rows: [], ids: [] },
      edit() {
        const brought = ws.people.bring(part.map(({ memberId, ...person }) => ({ ...person, id: memberId })));
        joinTeams(
          ws,
          teams,
          part,
          brought.map(({ id }) => id),
        );
        return { made: [], applied: [] };
      },
    });
  }
  const emails = new Map(ws.people.list().map(({ id, email }) => [id, email]));
  const made: Made = {
    stages: [],
    fields: [],
    people: people.flatMap(({ id, memberId }) => (id === null ? [memberId] : [])),
    teams: [...teams.values()].map(({ id, isNew, members }) => ({ id, isNew, members })),
    addresses: people.flatMap(({ id, email }) =>
      id !== null && email !== null && emails.get(id) === null ? [{ member: id, email }] : [],
    ),
  };
  return { made, batches };
}

type TeamToMake = MadeTeam & { readonly name: string };

/** Teams that people come into, by the key of their name. */
function teamsOf(ws: WorkspaceContext, deps: NounDeps, people: readonly Known[]): Map<string, TeamToMake> {
  const there = new Map(ws.teams.list().map((team) => [nameKey(team.name), team]));
  const teams = new Map<string, TeamToMake>();
  for (const { memberId, teams: names } of people)
    for (const name of names) {
      const key = nameKey(name);
      const known = there.get(key);
      const before = teams.get(key);
      teams.set(key, {
        id: before?.id ?? known?.id ?? deps.newId(),
        name: known?.name ?? before?.name ?? name,
        isNew: known === undefined,
        members: [...(before?.members ?? []), memberId],
      });
    }
  return teams;
}

function joinTeams(
  ws: WorkspaceContext,
  teams: ReadonlyMap<string, TeamToMake>,
  part: readonly Known[],
  ids: readonly string[],
): void {
  const joining = new Map<string, Set<string>>();
  for (const [index, { teams: names }] of part.entries())
    for (const name of names) {
      const key = nameKey(name);
      joining.set(key, (joining.get(key) ?? new Set()).add(ids[index] ?? ''));
    }
  for (const [key, members] of joining) {
    const team = teams.get(key);
    if (!team) continue;
    const now = ws.teams.list().find(({ id }) => id === team.id);
    ws.teams.save({
      id: team.id,
      name: now?.name ?? team.name,
      members: [...new Set([...(now?.members ?? []), ...members])].sort(),
    });
  }
}

/** Takes people and teams back, as far as nobody uses them by now; answers who and what stays, and why. */
function takeBack(ws: WorkspaceContext, made: Made): KeptRecord[] {
  const owning = ownersAmong(ws, ownedTables, made.people);
  const kept: KeptRecord[] = [];
  const staying = new Set<string>();
  for (const id of made.people) {
    const member = ws.people.get(id);
    if (!member || member.status === 'removed') continue;
    const why = member.status === 'active' ? 'has joined' : owning.has(id) ? 'owns records' : null;
    if (why === null) continue;
    staying.add(id);
    kept.push({ record: id, title: member.name, field: '', why });
  }
  for (const { id, isNew, members } of made.teams ?? []) {
    const team = ws.teams.list().find((each) => each.id === id);
    if (!team) continue;
    // Who stays, stays where they are: somebody may have shared something with them there.
    const left = team.members.filter((member) => !members.includes(member) || staying.has(member));
    const isFree = isNew && left.length === 0;
    if (isFree && !ws.teams.isGranted(id)) {
      ws.teams.drop(id);
      continue;
    }
    if (left.length < team.members.length) ws.teams.save({ ...team, members: left });
    if (isNew)
      kept.push({
        record: id,
        title: team.name,
        field: '',
        why: isFree ? 'has access to something' : 'has people in it',
      });
  }
  ws.people.dropAddresses(made.addresses ?? []);
  ws.people.dropPending(made.people.filter((id) => !staying.has(id)));
  return kept;
}

/** How people are brought in: an admin's to do, since whoever is here can be given everything. */
export const peopleImports: ImportTarget = {
  noun: 'people',
  singular: 'person',
  least: 'admin',
  open: openPeopleImport,
  whereabouts: (ws, ids) => [
    ...ids.flatMap((id) => {
      const member = ws.people.get(id);
      return member ? [{ id, doc: '', title: member.name }] : [];
    }),
    ...ws.teams.list().flatMap(({ id, name }) => (ids.includes(id) ? [{ id, doc: '', title: name }] : [])),
  ],
  dropMade: (ws, _deps, _importId, _board, made) => Promise.resolve(takeBack(ws, made)),
};
