import { failureOf } from '../api/request.ts';

/**
 * Sends a request whose reply is a file, and hands that to the browser's downloads. Answers the reply's headers; rejects
 * with an ApiFailure.
 */
export async function downloadReply(method: 'GET' | 'POST', path: string): Promise<Headers> {
  const reply = await fetch(path, { method }).catch(() => undefined);
  if (reply === undefined) throw failureOf(502, undefined);
  if (!reply.ok) throw failureOf(reply.status, await reply.json().catch(() => undefined));
  const url = URL.createObjectURL(await reply.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = /filename="([^"]+)"/.exec(reply.headers.get('content-disposition') ?? '')?.[1] ?? 'download';
  link.click();
  // The browser has it by the next turn; kept longer it would only hold memory.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return reply.headers;
}
