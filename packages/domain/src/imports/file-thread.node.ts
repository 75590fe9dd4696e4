import { Worker } from 'node:worker_threads';
import type { FileAnswer, FileReply, FileRequest } from './file-messages.ts';
import type { FileAbout, FilePage, DescribedFile, OpenedFile, ReadSetting } from './file-reading.ts';
import { isZip } from './open-sheet.node.ts';
import { readFile } from './read-file.node.ts';

/** Its own bounds, so that a file that fills the memory ends its thread and not the server. */
const resourceLimits = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 32 };
/** Opening takes seconds for the largest files; what takes this long will not end. */
const patienceMs = 120_000;
/** Smaller files are read at once where they are: a thread takes longer to start than they take to read. */
const smallBytes = 100_000;
const threadsAtOnce = 3;

const unreadable = 'Not imported. The file is too large or too nested to be read. Split it, or save it as CSV.';

let running = 0;
const waiting: (() => void)[] = [];

async function enter(): Promise<() => void> {
  // Whoever leaves hands its place on.
  if (running < threadsAtOnce) running += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  let isIn = true;
  return () => {
    if (!isIn) return;
    isIn = false;
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  };
}

class ThreadEnded extends Error {}

/** Asks a thread one thing after another. */
function converse(worker: Worker) {
  const open = new Map<number, PromiseWithResolvers<FileAnswer>>();
  let last = 0;
  let ended: Error | null = null;
  const end = (error: Error) => {
    ended ??= error;
    for (const each of open.values()) each.reject(error);
    open.clear();
  };
  worker.on('message', (reply: FileReply) => {
    const asked = open.get(reply.id);
    open.delete(reply.id);
    if ('thrown' in reply) asked?.reject(Object.assign(new Error(reply.thrown.message), { stack: reply.thrown.stack }));
    else asked?.resolve(reply.answer);
  });
  worker.on('error', (error) => end(new ThreadEnded(error.message)));
  worker.on('exit', (code) => end(new ThreadEnded(`the file thread ended with ${code}`)));
  type Question = FileRequest extends infer R ? (R extends FileRequest ? Omit<R, 'id'> : never) : never;
  return async (question: Question, transfer: ArrayBuffer[] = []): Promise<FileAnswer> => {
    if (ended) throw ended;
    const id = ++last;
    const asked = Promise.withResolvers<FileAnswer>();
    open.set(id, asked);
    const timer = setTimeout(() => {
      end(new ThreadEnded('the file took too long'));
      void worker.terminate();
    }, patienceMs);
    try {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin.
      worker.postMessage({ id, ...question }, transfer);
      return await asked.promise;
    } finally {
      clearTimeout(timer);
    }
  };
}

/**
 * Opens a file for an import: small ones here, others on a thread of their own (`entry` is its program), so that nobody's
 * edit waits for it. Close what was opened. `bytes` may be handed over: do not use them afterwards.
 */
export async function openFile(
  bytes: Uint8Array<ArrayBuffer>,
  setting: ReadSetting,
  entry: URL | undefined,
): Promise<OpenedFile> {
  if (entry === undefined || (bytes.length < smallBytes && !isZip(bytes))) return readFile(bytes, setting);
  const leave = await enter();
  const worker = new Worker(entry, { name: 'rapport file', resourceLimits });
  const close = () => {
    leave();
    void worker.terminate();
  };
  try {
    const ask = converse(worker);
    const transfer = bytes.byteOffset === 0 && bytes.length === bytes.buffer.byteLength ? [bytes.buffer] : [];
    const opened = (await ask({ ask: 'open', bytes, setting }, transfer)) as
      | { ok: true; value: FileAbout }
      | Extract<OpenedFile, { ok: false }>;
    if (!opened.ok) {
      close();
      return opened;
    }
    return {
      ok: true,
      value: {
        about: opened.value,
        page: async (nth) => (await ask({ ask: 'page', nth })) as FilePage | null,
        describe: async (more) => (await ask({ ask: 'describe', with: more })) as DescribedFile,
        close,
      },
    };
  } catch (error) {
    close();
    if (error instanceof ThreadEnded) return { ok: false, error: { code: 'too-large', message: unreadable } };
    throw error;
  }
}
