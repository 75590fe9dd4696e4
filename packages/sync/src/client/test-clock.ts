import type { Environment, NetworkWatcher } from './environment.ts';

/** A clock that stands still until told otherwise, with chance and the network in the test's hands. */
export interface TestClock extends Pick<Environment, 'now' | 'random' | 'schedule' | 'newId' | 'watchNetwork'> {
  /** Runs all that falls due within `ms`, in order, with the microtasks between. */
  advance: (ms: number) => Promise<void>;
  /** Time passes and nothing runs: the machine sleeps. What fell due meanwhile runs with the next `advance`. */
  sleep: (ms: number) => void;
  /** What `random` answers. */
  chance: number;
  network: NetworkWatcher;
}

export function makeTestClock(startMs = 1_000_000): TestClock {
  let time = startMs;
  let count = 0;
  let tasks: { at: number; order: number; run: () => void }[] = [];
  const watchers = new Set<NetworkWatcher>();
  const clock: TestClock = {
    chance: 0.5,
    now: () => time,
    random: () => clock.chance,
    newId: () => `id-${(count += 1)}`,
    schedule: (run, delayMs) => {
      const task = { at: time + delayMs, order: (count += 1), run };
      tasks.push(task);
      return () => {
        tasks = tasks.filter((other) => other !== task);
      };
    },
    watchNetwork: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    network: {
      wake: () => {
        for (const watcher of watchers) watcher.wake();
      },
      offline: () => {
        for (const watcher of watchers) watcher.offline();
      },
    },
    sleep: (ms) => {
      time += ms;
    },
    advance: async (ms) => {
      const until = time + ms;
      for (;;) {
        await settle();
        const due = tasks.filter((task) => task.at <= until).sort((a, b) => a.at - b.at || a.order - b.order)[0];
        if (!due) break;
        tasks = tasks.filter((task) => task !== due);
        time = Math.max(time, due.at);
        due.run();
      }
      time = until;
    },
  };
  return clock;
}

/** Lets promises and microtasks that are ready run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

/** Advances the clock by `ms` while IndexedDB, which answers in macrotasks of real time, gets its turns. */
export async function runWithStorage(clock: TestClock, ms: number): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) {
    await macrotask();
    await clock.advance(turn === 15 ? ms : 0);
  }
}

function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
