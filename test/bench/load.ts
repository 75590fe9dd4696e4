import { marksIn, type Edit } from './edits.ts';
import type { Figures } from './scenario.ts';
import { pause, quantile, until } from './statistics.ts';
import type { RunningSubject } from './subject.ts';
import type { WireClient } from './wire-client.ts';

/** Long enough for Hocuspocus to store (2 s after the last edit), so that every server's storing is counted. */
export const settleMs = 2600;

export interface Writer {
  readonly client: WireClient;
  readonly edits: readonly Edit[];
}

/**
 * Sends each writer's edits, one of each writer per `everyMs`, and measures from a socket's `send` to the moment when
 * another client's socket has it. `readers` are all who listen, writers too; each edit must reach `copies` of them.
 */
export async function runLoad(options: {
  subject: RunningSubject;
  writers: readonly Writer[];
  readers: readonly WireClient[];
  everyMs: number;
  copies: number;
  /** Called right after each edit was sent. */
  afterSend?: () => void;
}): Promise<Figures> {
  const { subject, writers, readers, everyMs, copies, afterSend } = options;
  const sentAt = new Map<number, number>();
  const latencies: number[] = [];
  for (const reader of readers) {
    reader.receivedBytes = 0;
    reader.receivedFrames = 0;
    reader.onUpdate = (update) => {
      const now = performance.now();
      for (const mark of marksIn(update)) {
        const sent = sentAt.get(mark);
        if (sent !== undefined) latencies.push(now - sent);
      }
    };
  }
  const perWriter = writers[0]?.edits.length ?? 0;
  const total = perWriter * writers.length;
  const cpuBefore = subject.process.cpuMs();
  const started = performance.now();
  for (let i = 0; i < perWriter; i++) {
    for (const [w, { client, edits }] of writers.entries()) {
      // Writers are spread over the interval: people do not type in step.
      const due = started + everyMs * (i + w / writers.length);
      const ahead = due - performance.now();
      if (ahead > 1) await pause(ahead);
      const edit = edits[i];
      if (edit === undefined) continue;
      sentAt.set(edit.mark, performance.now());
      client.sendUpdate(edit.update);
      afterSend?.();
    }
  }
  await until(() => latencies.length >= total * copies, `all of ${total * copies} copies`, readers);
  await pause(settleMs);
  const cpuMs = subject.process.cpuMs() - cpuBefore;
  const bytes = readers.reduce((sum, reader) => sum + reader.receivedBytes, 0);
  return {
    'p50 ms': quantile(latencies, 0.5),
    'p99 ms': quantile(latencies, 0.99),
    'CPU µs per edit': (cpuMs * 1000) / total,
    'bytes per edit and reader': bytes / (total * copies),
  };
}
