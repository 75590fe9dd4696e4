import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reports } from '@rapport/domain/reports/definitions';
import { startServer } from '../../apps/server/src/server.ts';
import { filesWith } from '../../apps/server/src/operate/person/search-bytes.ts';
import { makeFolderForTest, openTeam, runCommand, type BusyTeam } from './operate-fixture.ts';
import { readState } from './operate-state.ts';
import { signIn, signUp, type Person } from './server-fixture.ts';

const folder = makeFolderForTest();
const backupDir = join(folder.path, 'backup');
let team: BusyTeam;
let writes = 0;

const reportsOf = async (person: Person, path: string) => {
  const replies = [];
  for (const { name } of reports) {
    const { body } = await person.call('GET', `${path}/reports/${name}`);
    replies.push({ ...body, asOf: null });
  }
  return replies;
};

beforeAll(async () => {
  team = await openTeam({ LIMIT_REQUESTS_PER_SECOND: '10000', LIMIT_REQUEST_BURST: '10000' });
});
afterAll(async () => {
  await team.server.stop();
  folder.remove();
});

describe('a backup beside a running server', () => {
  test('is whole and of one moment, while people write', async () => {
    const { ana, path, server, id } = team;
    const deals = (await ana.call('GET', `${path}/deals?limit=20`)).body.items ?? [];
    const over = new AbortController();
    const load = Promise.all(
      deals.slice(0, 4).map(async (deal) => {
        while (!over.signal.aborted) {
          const reply = await ana.call('PATCH', `${path}/deals/${String(deal['id'])}`, { title: `Deal ${++writes}` });
          expect(reply.status).toBe(200);
        }
      }),
    );
    const before = readState(join(server.dataDir, 'workspaces', `${id}.sqlite`)).lastSeq;
    const { code, text } = await runCommand('backup', server.dataDir, [], { to: backupDir });
    over.abort();
    await load;
    expect(code, text).toBe(0);
    expect(text.match(/sound/g)).toHaveLength(2);
    const copied = readState(join(backupDir, 'workspaces', `${id}.sqlite`));
    expect(copied.lastSeq).toBeGreaterThanOrEqual(before);
    expect(writes).toBeGreaterThan(3);
    // The file as it is now, up to the copy's last step, has the same documents.
    const now = readState(join(server.dataDir, 'workspaces', `${id}.sqlite`), copied.lastSeq);
    expect(copied.vectors).toEqual(now.vectors);
    expect(readdirSync(join(backupDir, 'workspaces'))).toEqual([`${id}.sqlite`]);
  });

  test('restored into a new folder gives the same rows, reports and documents', async () => {
    const { ana, path, server, id } = team;
    const calm = join(folder.path, 'calm');
    await runCommand('backup', server.dataDir, [], { to: calm });
    const expected = await reportsOf(ana, path);
    const dataDir = join(folder.path, 'restored');
    const { code } = await runCommand('restore', dataDir, [calm]);
    expect(code).toBe(0);
    const source = readState(join(server.dataDir, 'workspaces', `${id}.sqlite`));
    expect(readState(join(dataDir, 'workspaces', `${id}.sqlite`))).toEqual(source);

    const again = await startServer({ ...server.config, dataDir });
    const anaAgain = await signIn(again, ana.email);
    expect(await reportsOf(anaAgain, path)).toEqual(expected);
    // The secret came along, so whoever was signed in still is.
    const sameCookie = await fetch(`${again.url}${path}/me`, { headers: { cookie: ana.cookie } });
    expect(sameCookie.status).toBe(200);

    await expect(runCommand('restore', dataDir, [calm], { force: true })).rejects.toThrow('Stop it first');
    await again.close();
    await expect(runCommand('restore', dataDir, [calm])).rejects.toThrow('--force');
    const forced = await runCommand('restore', dataDir, [calm], { force: true });
    const kept = /lies in (.+)$/m.exec(forced.text)?.[1] ?? '';
    expect(readdirSync(kept).sort()).toEqual(['control.sqlite', 'secret', 'workspaces']);
  });

  test('a damaged backup is refused before anything is touched', async () => {
    const damaged = join(folder.path, 'damaged');
    await runCommand('restore', damaged, [backupDir]);
    const path = join(damaged, 'workspaces', `${team.id}.sqlite`);
    const bytes = readFileSync(path);
    bytes.fill(0xff, 8192, 12_288);
    writeFileSync(path, bytes);
    const target = join(folder.path, 'target');
    await expect(runCommand('restore', target, [damaged])).rejects.toThrow(/damaged|cannot be read/);
    expect(existsSync(target)).toBe(false);
  });
});

describe('one workspace’s file', () => {
  test('comes to another installation with its people; an administrator gets a link', async () => {
    const { server, id, path, ana } = team;
    const to = join(folder.path, 'one');
    await runCommand('backup', server.dataDir, [], { to, workspace: id });
    const dataDir = join(folder.path, 'elsewhere');
    const { text } = await runCommand('restore', dataDir, [join(to, `${id}.sqlite`)]);
    expect(filesWith(join(dataDir, 'workspaces'), [ana.email])).toEqual([]);
    const link = /\/join\/(\S+)/.exec(text)?.[1];
    const other = await startServer({ ...server.config, dataDir });
    const anaThere = await signUp(other, 'Ana');
    const accepted = await anaThere.call('POST', `/api/v1/invitations/${link}/accept`, {});
    expect(accepted.status).toBe(200);
    expect(await reportsOf(anaThere, path)).toEqual(await reportsOf(ana, path));
    expect((await anaThere.call('GET', `${path}/me`)).body['role']).toBe('admin');
    await other.close();
  });
});

describe('doctor', () => {
  const copy = (name: string) => {
    const path = join(folder.path, name);
    return runCommand('restore', path, [backupDir]).then(() => path);
  };
  const change = (dataDir: string, sql: string) => {
    const database = new SqliteDatabase(join(dataDir, 'workspaces', `${team.id}.sqlite`));
    database.exec(sql);
    database.close();
  };

  test('is content beside a running server, and after rebuild the rows are the same', async () => {
    const { code, text } = await runCommand('doctor', team.server.dataDir);
    expect([code, text]).toEqual([0, expect.stringContaining(`${team.id}  sound`)]);
    const dataDir = await copy('rebuilt');
    const file = join(dataDir, 'workspaces', `${team.id}.sqlite`);
    const before = readState(file);
    expect((await runCommand('rebuild', dataDir)).code).toBe(0);
    expect(readState(file)).toEqual(before);
  });

  test.each([
    ['a row changed', `UPDATE deals SET title = 'Forged' WHERE id = (SELECT min(id) FROM deals)`, 'Table deals'],
    ['rows gone', `DELETE FROM activity WHERE id % 2 = 0`, 'Table activity'],
    ['a row too many', `INSERT INTO deal_touches VALUES ('nobody', 1, 'x', 'y')`, 'Table deal_touches'],
    ['a watermark that is behind', `UPDATE sync_watermark SET seq = 1`, 'watermark'],
    [
      'a snapshot of something else',
      `INSERT OR REPLACE INTO sync_states (doc, seq, state) SELECT doc, max(seq), x'0000' FROM sync_log GROUP BY doc`,
      'snapshot of board/',
    ],
  ])('finds and repairs %s', async (name, sql, said) => {
    const dataDir = await copy(`doctor ${name}`);
    const file = join(dataDir, 'workspaces', `${team.id}.sqlite`);
    const before = readState(file);
    change(dataDir, sql);
    const found = await runCommand('doctor', dataDir);
    expect([found.code, found.text]).toEqual([1, expect.stringContaining(said)]);
    expect((await runCommand('doctor', dataDir, [], { repair: true })).code).toBe(0);
    const after = await runCommand('doctor', dataDir);
    expect([after.code, after.text]).toEqual([0, expect.stringContaining('sound')]);
    expect(readState(file)).toEqual(before);
  });

  test('says what it cannot repair and changes nothing', async () => {
    const dataDir = await copy('flipped');
    change(
      dataDir,
      `UPDATE sync_log SET bytes = CAST(x'00' || substr(bytes, 2) AS BLOB) WHERE seq = (SELECT max(seq) - 3 FROM sync_log)`,
    );
    const { code, text } = await runCommand('doctor', dataDir, [], { repair: true });
    expect([code, text]).toEqual([1, expect.stringContaining('Restore a backup')]);
  });

  test('names files that belong to nothing', async () => {
    const dataDir = await copy('orphans');
    copyFileSync(
      join(dataDir, 'workspaces', `${team.id}.sqlite`),
      join(dataDir, 'workspaces', '01J00000000000000000000000.sqlite'),
    );
    const { text } = await runCommand('doctor', dataDir);
    expect(text).toContain('01J00000000000000000000000.sqlite belongs to no workspace');
  });
});
