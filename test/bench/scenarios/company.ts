import * as Y from 'yjs';
import { seedBoard, type SeededBoard } from '../board-fixture.ts';
import { CompanyBoard, type Person } from '../company-board.ts';
import { settleMs } from '../load.ts';
import { makeMoves } from '../moves.ts';
import type { Figures, Ground, Scenario } from '../scenario.ts';
import { pause, quantile } from '../statistics.ts';
import { WireClient } from '../wire-client.ts';

const peoplePerBoard = 10;
const cardsPerBoard = 50;
const movesPerSecond = 200;
const seconds = 20;
const joinsAtOnce = 50;
/** Prime, so that neighbours in time are on different boards and everybody has their turn. */
const stride = 389;
/** When nothing has arrived for so long, what is missing is lost. */
const quietMs = 3000;

/** A company at work: everybody is connected and moves a card now and then; nobody types. */
export const company: Scenario = {
  name: 'company',
  title: '1,000 people on 100 boards, 200 moves/s together for 20 s',
  rounds: 1,
  targets: { 'p99 ms': 100, 'moves lost': 0, 'people who see another board': 0, 'memory at most MB': 600 },
  async prepare(ground) {
    const boards: SeededBoard[] = [];
    for (let i = 0; i < (ground.quick ? 20 : 100); i++) boards.push(await seedBoard(ground.running(), cardsPerBoard));
    return () => workingDay(ground, boards);
  },
};

async function workingDay(ground: Ground, seeded: readonly SeededBoard[]): Promise<Figures> {
  await ground.restart();
  const subject = ground.running();
  const boards = seeded.map((board) => new CompanyBoard(board));
  const rate = (movesPerSecond * seeded.length) / 100;
  const movesEach = (rate * seconds) / (seeded.length * peoplePerBoard);
  const people: Person[] = [];
  const sockets: { board: CompanyBoard; index: number }[] = boards.flatMap((board) =>
    Array.from({ length: peoplePerBoard }, (_, index) => ({ board, index })),
  );
  const joinedFrom = performance.now();
  for (let from = 0; from < sockets.length; from += joinsAtOnce) {
    const some = sockets.slice(from, from + joinsAtOnce).map(async ({ board, index }) => {
      const { client } = await WireClient.join(subject, board.name, board.bytes);
      people.push(board.enter(client, makeMoves(board.state, movesEach, index, peoplePerBoard)));
    });
    await Promise.all(some);
  }
  const joinedMs = performance.now() - joinedFrom;
  await pause(2000);
  let mostMb = subject.process.residentMb();
  const watch = setInterval(() => (mostMb = Math.max(mostMb, subject.process.residentMb())), 250);
  const cpuBefore = subject.process.cpuMs();
  const started = performance.now();
  const order = people.map((_, i) => people[(i * stride) % people.length]).filter((person) => person !== undefined);
  const turns = Array.from({ length: movesEach }, (_, turn) => order.map((person) => ({ person, turn }))).flat();
  for (const [i, { person, turn }] of turns.entries()) {
    const ahead = started + (i * 1000) / rate - performance.now();
    if (ahead > 1) await pause(ahead);
    person.move(turn);
  }
  const spentMs = performance.now() - started;
  const arrivedAt = (): number => Math.max(...boards.map((board) => board.lastArrivalMs));
  const isMissing = (): boolean => boards.some((board) => board.missing() > 0);
  while (isMissing() && performance.now() - Math.max(arrivedAt(), started + spentMs) < quietMs) await pause(50);
  await pause(settleMs);
  const cpuMs = subject.process.cpuMs() - cpuBefore;
  clearInterval(watch);
  let apart = 0;
  for (const board of boards) {
    const { client, state } = await WireClient.join(subject, board.name, board.bytes);
    await client.close();
    apart += board.peopleApartFrom(docOf(state));
    for (const { update } of board.moves) Y.applyUpdate(board.seed.doc, update);
  }
  const lost = boards.reduce((sum, board) => sum + board.missing(), 0);
  await Promise.all(people.map(({ client }) => client.close()));
  const delays = boards.flatMap((board) => board.delaysMs);
  return {
    'p50 ms': quantile(delays, 0.5),
    'p99 ms': quantile(delays, 0.99),
    'slowest ms': quantile(delays, 1),
    'moves lost': lost,
    'people who see another board': apart,
    'memory at most MB': mostMb,
    'CPU, % of one core': (cpuMs / spentMs) * 100,
    'CPU ms per 1,000 moves': (cpuMs * 1000) / turns.length,
    'all joined s': joinedMs / 1000,
  };
}

function docOf(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
}
