import { parentPort } from 'node:worker_threads';
import type { FileAnswer, FileReply, FileRequest } from './file-messages.ts';
import type { FileReading } from './file-reading.ts';
import { readFile } from './read-file.node.ts';

/** The whole of a file thread: opens one file, hands out its rows, ends with whoever started it. */
const port = parentPort;
if (port === null) throw new Error('files are read by a worker thread only');

let file: FileReading | null = null;

async function answer(request: FileRequest): Promise<FileAnswer> {
  if (request.ask === 'open') {
    const opened = await readFile(request.bytes, request.setting);
    if (!opened.ok) return opened;
    file = opened.value;
    return { ok: true, value: file.about };
  }
  if (file === null) throw new Error('no file is open');
  return request.ask === 'page' ? file.page(request.nth) : file.describe(request.with);
}

port.on('message', (request: FileRequest) => {
  answer(request)
    .then((found): FileReply => ({ id: request.id, answer: found }))
    .catch((error: unknown): FileReply => {
      const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
      return { id: request.id, thrown: { message, stack } };
    })
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin.
    .then((reply) => port.postMessage(reply));
});
