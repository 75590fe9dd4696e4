import type { Team } from '../access/share.ts';
import { nameKey } from '../imports/name-key.ts';
import type { ReadRow } from '../imports/read-rows.ts';
import type { RowError } from '../imports/target.ts';
import type { Member } from './member.ts';
import { lesserRole, mayAct, type Role } from './roles.ts';

/** A person as the rows of a file name them. */
export interface PlannedPerson {
  /** Of somebody who is here; null: they come in as somebody who has not joined yet. */
  readonly id: string | null;
  readonly name: string;
  readonly email: string | null;
  /** Of a new person. */
  readonly role: Role;
  /** Names of teams that they are not in yet, as the file writes them or, of one that is there, as it is called. */
  readonly teams: readonly string[];
}

export interface PeoplePlan {
  /** Those whom the import adds or changes. */
  readonly people: readonly PlannedPerson[];
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly errors: readonly RowError[];
  /** Teams that are not there yet. */
  readonly newTeams: readonly string[];
  /** How many new people the file asks a role above member for. */
  readonly asked: Readonly<Partial<Record<Role, number>>>;
}

interface Draft {
  id: string | null;
  name: string;
  email: string | null;
  /** The file gives an e-mail to somebody who had none. */
  isFilled: boolean;
  role: Role;
  teams: Map<string, string>;
  row: number;
}

/** A team that large is no company's; a file that long was meant for something else. */
const mostPeople = 2000;

/** Names of people agree when they differ in case alone: the same that makes owners of an import one person. */
const personKey = (name: string): string => name.trim().toLowerCase();
const mailKey = (address: string): string => address.trim().toLowerCase();
const textOf = (raw: unknown): string => (typeof raw === 'string' ? raw.trim() : '');

/** A person's name from whatever the row has of it; '' when it has nothing. */
function nameOf({ values }: ReadRow): string {
  const whole = textOf(values.name);
  const parts = [textOf(values.firstName), textOf(values.lastName)].filter((part) => part !== '').join(' ');
  return (whole || parts || textOf(values.email)).slice(0, 200);
}

/**
 * Turns rows into people: those who are here are found by e-mail or name, ignoring case, and only get what they lack;
 * the others come in without an account. Roles above member are given only with `grantsRoles`: else a file that was
 * sent by mail could make an admin.
 */
export function makePeoplePlanner({
  members,
  teams,
  grantsRoles,
  columnOf,
}: {
  readonly members: readonly Member[];
  readonly teams: readonly Team[];
  readonly grantsRoles: boolean;
  /** Column of the file that a field comes from, for messages. */
  readonly columnOf: (field: string) => string;
}) {
  const byMail = new Map<string, Draft>();
  const byName = new Map<string, Draft>();
  const drafts: Draft[] = [];
  const errors: RowError[] = [];
  const teamNames = new Map(teams.map(({ name }) => [nameKey(name), name]));
  const teamsOf = Map.groupBy(
    teams.flatMap((team) => team.members.map((member) => ({ member, key: nameKey(team.name) }))),
    ({ member }) => member,
  );
  const asked: Partial<Record<Role, number>> = {};
  let fresh = 0;
  const remember = (draft: Draft) => {
    drafts.push(draft);
    if (draft.email !== null && !byMail.has(mailKey(draft.email))) byMail.set(mailKey(draft.email), draft);
    if (!byName.has(personKey(draft.name))) byName.set(personKey(draft.name), draft);
  };
  for (const { id, name, email, role } of members)
    remember({ id, name, email, isFilled: false, role, teams: new Map(), row: 0 });

  function refuse(row: number, field: string, message: string): void {
    errors.push({ row, field, message });
  }

  function take(read: ReadRow): void {
    const { row, values } = read;
    const name = nameOf(read);
    const address = textOf(values.email);
    if (name === '') return refuse(row, columnOf('name'), 'has neither a name nor an e-mail');
    if (/\p{Cc}/u.test(name)) return refuse(row, columnOf('name'), 'has control characters');
    if (/\p{Cc}/u.test(textOf(values.team))) return refuse(row, columnOf('team'), 'has control characters');
    const mailed = address === '' ? undefined : byMail.get(mailKey(address));
    const known = mailed ?? byName.get(personKey(name));
    if (known && !mailed && address !== '' && known.email !== null)
      return refuse(row, columnOf('email'), `“${name}” is here with another e-mail, ${known.email}`);
    const team = textOf(values.team);
    const key = nameKey(team);
    if (team !== '' && !teamNames.has(key)) teamNames.set(key, team);
    const called = teamNames.get(key) ?? team;
    const isIn = known?.teams.has(key) === true || teamsOf.get(known?.id ?? '')?.some((each) => each.key === key);
    if (known) {
      if (known.row > 0 && (team === '' || isIn === true) && (address === '' || known.email !== null))
        return refuse(row, columnOf('name'), `“${name}” is in row ${known.row} already`);
      if (address !== '' && known.email === null) {
        known.email = address;
        known.isFilled = true;
        byMail.set(mailKey(address), known);
      }
      if (team !== '' && isIn !== true) known.teams.set(key, called);
      known.row ||= row;
      return;
    }
    if ((fresh += 1) > mostPeople)
      return refuse(
        row,
        columnOf('name'),
        `is beyond the ${mostPeople.toLocaleString('en')} people that one file can bring`,
      );
    const wanted = (values.role ?? 'member') as Role;
    if (!mayAct('member', wanted)) asked[wanted] = (asked[wanted] ?? 0) + 1;
    remember({
      id: null,
      name,
      email: address === '' ? null : address,
      isFilled: false,
      role: grantsRoles ? wanted : lesserRole(wanted, 'member'),
      teams: new Map(team === '' ? [] : [[key, called]]),
      row,
    });
  }

  return {
    take,
    refuse: (more: readonly RowError[]) => void errors.push(...more),
    finish(): PeoplePlan {
      const named = drafts.filter(({ row }) => row > 0);
      const brought = named.filter(({ id }) => id === null);
      const changed = named.filter(({ id, teams: more, isFilled }) => id !== null && (more.size > 0 || isFilled));
      const there = new Set(teams.map((team) => nameKey(team.name)));
      const used = [...brought, ...changed].flatMap(({ teams: more }) => [...more]);
      const people = [...brought, ...changed].map(({ id, name, email, role, teams: more }) => ({
        id,
        name,
        email,
        role,
        teams: [...more.values()],
      }));
      return {
        people,
        created: brought.length,
        updated: changed.length,
        unchanged: named.length - brought.length - changed.length,
        errors: errors.toSorted((a, b) => a.row - b.row),
        newTeams: [...new Map(used.filter(([key]) => !there.has(key))).values()],
        asked,
      };
    },
  };
}
