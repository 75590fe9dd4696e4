import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import type { RunningSubject, Subject } from '../subject.ts';
import { FaultClient, pauseMs, within } from './fault-client.ts';
import { urlOfAnother } from './second-person.ts';

/** What one server showed, by the line of the table. A dash is a measurement that could not be made. */
export type Findings = Readonly<Record<string, string>>;

interface Stand {
  readonly subject: RunningSubject;
  readonly dataDir: string;
  readonly doc: string;
  again(): Promise<RunningSubject>;
}

const rounds = 3;
/** Longer than Hocuspocus' ten seconds at most between two stores. */
const settleMs = 12_000;

/** kill -9 in the middle of the work: edits that another client had seen, and that are gone after a restart. */
async function killed(stand: Stand, random: () => number): Promise<Findings> {
  let seenInAll = 0;
  let lost = 0;
  let { subject } = stand;
  for (let round = 0; round < rounds; round++) {
    const [writer, witness] = [new FaultClient(subject, stand.doc), new FaultClient(subject, stand.doc)];
    await within(10_000, () => writer.isOpen && witness.isOpen);
    const enough = witness.cells.size + 500 + Math.floor(random() * 1500);
    for (let i = 0; witness.cells.size < enough && i < 20_000; i++) {
      writer.cells.set(`r${String(round)}-${String(i)}`, i);
      if (i % 5 === 0) await pauseMs(1);
    }
    process.kill(subject.process.pid, 'SIGKILL');
    await within(5_000, () => !existsSync(`/proc/${String(subject.process.pid)}/fd/0`));
    const seen = [...witness.cells.keys()];
    writer.end();
    witness.end();
    subject = await stand.again();
    const back = new FaultClient(subject, stand.doc);
    await within(3_000, () => seen.every((key) => back.cells.has(key)));
    seenInAll += seen.filter((key) => key.startsWith(`r${String(round)}-`)).length;
    lost += seen.filter((key) => key.startsWith(`r${String(round)}-`) && !back.cells.has(key)).length;
    back.end();
  }
  await subject.process.stop();
  return {
    [`2 · kill -9, ${String(rounds)} times: edits that others had seen and that are gone`]: `${String(lost)} of ${String(seenInAll)}`,
  };
}

/** A disk that is full for a while, the last client leaves, then kill -9: what others had seen must be there. */
async function fullDisk(stand: Stand): Promise<Findings> {
  const { subject, doc, dataDir } = stand;
  const [writer, witness] = [new FaultClient(subject, doc), new FaultClient(subject, doc)];
  await within(10_000, () => writer.isOpen && witness.isOpen);
  writer.cells.set('before', 1);
  await within(5_000, () => witness.cells.has('before'));
  await pauseMs(settleMs);
  const filler = join(dataDir, 'filler');
  fill(filler);
  for (let i = 0; i < 100; i++) {
    writer.cells.set(`full${String(i)}`, 'x'.repeat(20_000));
    await pauseMs(20);
  }
  await pauseMs(settleMs);
  const seenWhileFull = [...witness.cells.keys()].filter((key) => key.startsWith('full')).length;
  const lives = isAlive(subject);
  const afterFull = await (async () => {
    if (!lives) return '–';
    process.kill(subject.process.pid, 'SIGKILL');
    await pauseMs(200);
    const seen = [...witness.cells.keys()];
    writer.end();
    witness.end();
    rmSync(filler);
    const restarted = await stand.again();
    const back = new FaultClient(restarted, doc);
    await within(3_000, () => seen.every((key) => back.cells.has(key)));
    const lost = seen.filter((key) => !back.cells.has(key)).length;
    back.end();
    await restarted.process.stop();
    return `${String(lost)} of ${String(seen.length)}`;
  })();
  writer.end();
  witness.end();
  return {
    '5 · disk full: the process lives': lives ? 'yes' : 'no',
    '5 · disk full: edits shown to others that were stored nowhere': `${afterFull} (${String(seenWhileFull)} of 100 shown)`,
  };
}

/** The store fails for a while and recovers; then the last client leaves. */
async function failsOnce(stand: Stand): Promise<Findings> {
  const { subject, doc, dataDir } = stand;
  const writer = new FaultClient(subject, doc);
  await within(10_000, () => writer.isOpen);
  const filler = join(dataDir, 'filler');
  fill(filler);
  for (let i = 0; i < 50; i++) writer.cells.set(`a${String(i)}`, 'x'.repeat(20_000));
  await pauseMs(5_000);
  rmSync(filler, { force: true });
  await pauseMs(settleMs);
  writer.cells.set('after', 1);
  await pauseMs(settleMs);
  const keys = [...writer.cells.keys()];
  writer.end();
  await pauseMs(settleMs);
  const lives = isAlive(subject);
  if (lives) process.kill(subject.process.pid, 'SIGKILL');
  await pauseMs(300);
  const restarted = await stand.again();
  const back = new FaultClient(restarted, doc);
  await within(3_000, () => keys.every((key) => back.cells.has(key)));
  const lost = keys.filter((key) => !back.cells.has(key)).length;
  back.end();
  await restarted.process.stop();
  return {
    '1 · the store failed and recovered, everybody left: edits gone': `${String(lost)} of ${String(keys.length)}${lives ? '' : ' (it had ended)'}`,
  };
}

const forgeries = 5;

/** Somebody else writes with the victim's clientID; on which socket's bytes come first, chance decides. */
async function forged({ subject, doc }: Stand): Promise<Findings> {
  let apart = 0;
  let stands = 0;
  const another = await urlOfAnother(subject, doc);
  for (let round = 0; round < forgeries; round++) {
    const board = await subject.createBoard();
    const victim = new FaultClient(subject, board);
    const thief = new FaultClient(subject, board, another.replace(doc, board));
    await within(10_000, () => victim.isOpen && thief.isOpen);
    victim.cells.set('mine', 1);
    await within(5_000, () => thief.cells.has('mine'));
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(thief.doc));
    copy.clientID = victim.doc.clientID;
    copy.getMap('faults').set('stolen', 'eve');
    // At the same moment, the thief first: the victim writes before it hears of the forgery.
    thief.sendUpdate(Y.encodeStateAsUpdate(copy));
    victim.cells.set('next', 2);
    await pauseMs(500);
    for (let i = 0; i < 5; i++) victim.cells.set(`more${String(i)}`, i);
    await pauseMs(500);
    const observer = new FaultClient(subject, board);
    await within(3_000, () => observer.cells.has('more4'));
    if (JSON.stringify(sorted(observer.cells)) !== JSON.stringify(sorted(victim.cells))) apart++;
    if (observer.cells.has('stolen')) stands++;
    for (const client of [victim, thief, observer]) client.end();
  }
  return {
    [`7 · forged clientID, ${String(forgeries)} times: the victim is apart for good`]: String(apart),
    '7 · … the forgery stands in the document': String(stands),
  };
}

/** Mutated updates from one client beside an honest one. */
async function garbage(stand: Stand, random: () => number): Promise<Findings> {
  const { subject, doc } = stand;
  const [honest, reader] = [new FaultClient(subject, doc), new FaultClient(subject, doc)];
  await within(10_000, () => honest.isOpen && reader.isOpen);
  for (let i = 0; i < 20; i++) honest.cells.set(`h${String(i)}`, i);
  await within(5_000, () => reader.cells.has('h19'));
  const source = new Y.Doc();
  source.getMap('other').set('text', 'ü'.repeat(20));
  source.getText('t').insert(0, 'hello');
  const good = Y.encodeStateAsUpdate(source);
  const eveUrl = await urlOfAnother(subject, doc);
  let eve = new FaultClient(subject, doc, eveUrl);
  for (let i = 0; i < 1_000 && isAlive(subject); i++) {
    if (!eve.isOpen) {
      eve.end();
      eve = new FaultClient(subject, doc, eveUrl);
      await within(1_000, () => eve.isOpen);
    }
    const bad = good.slice();
    for (let flips = 1 + Math.floor(random() * 3); flips > 0; flips--)
      bad[Math.floor(random() * bad.length)] = Math.floor(random() * 256);
    eve.sendUpdate(bad);
    await pauseMs(1);
  }
  await pauseMs(500);
  const lives = isAlive(subject);
  honest.cells.set('after', 1);
  await within(2_000, () => reader.cells.has('after'));
  const observer = new FaultClient(subject, doc);
  await within(3_000, () => observer.cells.has('after'));
  const isHeard = reader.cells.has('after') && observer.cells.has('after');
  const { pendingStructs, pendingDs } = observer.doc.store;
  const hasRemains = pendingStructs !== null || pendingDs !== null;
  for (const client of [honest, reader, observer, eve]) client.end();
  return {
    '8 · 1,000 mutated updates: the process lives': lives ? 'yes' : 'no',
    '8 · … honest edits still arrive': isHeard ? 'yes' : 'no',
    '8 · … parts that can never be applied are kept and handed to every client': hasRemains ? 'yes' : 'no',
  };
}

/** Twenty readers that stop reading while 24 MB are written. */
async function slowReaders(stand: Stand): Promise<Findings> {
  const { subject, doc } = stand;
  const [writer, witness] = [new FaultClient(subject, doc), new FaultClient(subject, doc)];
  const stuck = Array.from({ length: 20 }, () => new FaultClient(subject, doc));
  await within(10_000, () => [writer, witness, ...stuck].every((client) => client.isOpen));
  await pauseMs(500);
  for (const client of stuck) client.pause();
  const beforeMb = subject.process.residentMb();
  let mostMb = beforeMb;
  let seen = 0;
  for (let i = 0; i < 240 && isAlive(subject); i++) {
    writer.cells.set('big', `${String(i)} ${'x'.repeat(100_000)}`);
    if (await within(5_000, () => String(witness.cells.get('big') ?? '').startsWith(`${String(i)} `))) seen++;
    mostMb = Math.max(mostMb, isAlive(subject) ? subject.process.residentMb() : mostMb);
  }
  for (const client of [writer, witness, ...stuck]) client.end();
  return {
    '10 · 20 readers stand still while 24 MB are written: memory grows by': `${Math.round(mostMb - beforeMb).toString()} MB`,
    '10 · … edits that the reading one got': `${String(seen)} of 240`,
  };
}

/** All headline faults against one server, each on a fresh folder. */
export async function findingsOf(
  subject: Subject,
  seed: number,
  only: readonly string[] | undefined,
  log: (line: string) => void,
): Promise<Findings> {
  const all: Record<string, string> = {};
  const random = randomOf(seed);
  const faults = [failsOnce, killed, fullDisk, forged, garbage, slowReaders] as const;
  for (const fault of faults) {
    if (only !== undefined && !only.includes(fault.name)) continue;
    const dataDir = mkdtempSync(join(tmpdir(), 'bench-fault-'));
    const needsSmallDisk = fault === failsOnce || fault === fullDisk;
    if (needsSmallDisk && !mount(dataDir)) {
      log(`${subject.name} ${fault.name}: left out, a small disk cannot be mounted here`);
      continue;
    }
    try {
      const running = await subject.start(dataDir, {});
      const doc = await running.createBoard();
      let latest = running;
      const again = async (): Promise<RunningSubject> => (latest = await subject.start(dataDir, {}));
      Object.assign(all, await fault({ subject: running, dataDir, doc, again }, random));
      await latest.process.stop();
      log(`${subject.name} ${fault.name}: done`);
    } catch (error) {
      log(`${subject.name} ${fault.name}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      if (needsSmallDisk) execFileSync('umount', ['-l', dataDir]);
      rmSync(dataDir, { recursive: true, force: true });
    }
  }
  return all;
}

function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function sorted(cells: Y.Map<unknown>): unknown {
  return [...cells.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
}

function isAlive(subject: RunningSubject): boolean {
  return existsSync(`/proc/${String(subject.process.pid)}/exe`) && subject.process.residentMb() > 0;
}

function mount(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Writes until the disk has no room. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, new Uint8Array(4096));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(file);
  }
}
