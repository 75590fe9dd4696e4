import * as Y from 'yjs';
import { seedBoard, type SeededBoard } from '../board-fixture.ts';
import { makeEdits } from '../edits.ts';
import { runLoad, type Writer } from '../load.ts';
import type { Figures, Ground, Scenario } from '../scenario.ts';
import { WireClient } from '../wire-client.ts';

interface TypingLoad {
  readonly boards: number;
  readonly cards: number;
  readonly writersPerBoard: number;
  /** Beside the writers. */
  readonly readersPerBoard: number;
  readonly editsPerWriter: number;
  readonly everyMs: number;
}

const keystroke: TypingLoad = {
  boards: 1,
  cards: 500,
  writersPerBoard: 1,
  readersPerBoard: 1,
  editsPerWriter: 600,
  everyMs: 8,
};

async function prepareTyping(ground: Ground, load: TypingLoad): Promise<() => Promise<Figures>> {
  const boards: SeededBoard[] = [];
  for (let i = 0; i < load.boards; i++) boards.push(await seedBoard(ground.running(), load.cards));
  return async () => {
    const subject = ground.running();
    const writers: Writer[] = [];
    const readers: WireClient[] = [];
    for (const { name, doc: board, bytes } of boards) {
      const state = Y.encodeStateAsUpdate(board);
      for (let w = 0; w < load.writersPerBoard; w++) {
        const doc = new Y.Doc();
        Y.applyUpdate(doc, state);
        const edits = makeEdits(doc, load.editsPerWriter, w, load.writersPerBoard);
        // Back into our own copy, so that the next round builds on this one.
        for (const { update } of edits) Y.applyUpdate(board, update);
        const { client } = await WireClient.join(subject, name, bytes);
        writers.push({ client, edits });
        readers.push(client);
      }
      for (let r = 0; r < load.readersPerBoard; r++) readers.push((await WireClient.join(subject, name, bytes)).client);
    }
    const copies = load.writersPerBoard + load.readersPerBoard - 1;
    try {
      return await runLoad({ subject, writers, readers, everyMs: load.everyMs, copies });
    } finally {
      await Promise.all(readers.map((reader) => reader.close()));
    }
  };
}

const quicker = (load: TypingLoad, quick: boolean): TypingLoad =>
  quick ? { ...load, editsPerWriter: Math.ceil(load.editsPerWriter / 5) } : load;

export const typing: readonly Scenario[] = [
  {
    name: 'keystroke',
    title: 'One person types, one watches (board of 500 cards, 125 edits/s)',
    rounds: 3,
    withYardstick: true,
    prepare: (ground) => prepareTyping(ground, quicker(keystroke, ground.quick)),
  },
  {
    name: 'fan-out',
    title: 'One person types, 200 watch (20 edits/s)',
    rounds: 3,
    withYardstick: true,
    prepare: (ground) =>
      prepareTyping(
        ground,
        quicker({ ...keystroke, readersPerBoard: 200, editsPerWriter: 100, everyMs: 50 }, ground.quick),
      ),
  },
  {
    name: 'boards',
    title: '20 boards with 5 writers each (1,000 edits/s together)',
    rounds: 3,
    withYardstick: true,
    prepare: (ground) =>
      prepareTyping(
        ground,
        quicker(
          { boards: 20, cards: 100, writersPerBoard: 5, readersPerBoard: 0, editsPerWriter: 50, everyMs: 100 },
          ground.quick,
        ),
      ),
  },
];
