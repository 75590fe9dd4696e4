import { isOurs } from '../subjects/ours.ts';
import type { RunningSubject } from '../subject.ts';

/** An address for somebody else. Servers without accounts know no difference. */
export async function urlOfAnother(subject: RunningSubject, doc: string): Promise<string> {
  if (!isOurs(subject)) return subject.urlOf(doc);
  const { url, account } = subject;
  const email = 'eve@team.example';
  const invitation = await subject.call<{ token: string }>('POST', '/invitations', { email, role: 'member' });
  const signUp = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ name: 'Eve', email, password: 'correct horse' }),
  });
  const cookie = signUp.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const headers = { cookie, origin: url, 'content-type': 'application/json' };
    const reply = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(`${path}: ${String(reply.status)} ${await reply.text()}`);
    return reply.json();
  };
  await post(`/invitations/${invitation.token}/accept`, {});
  const made = (await post(`/w/${account.workspaceId}/api-keys`, { name: 'Eve', role: 'member' })) as { key: string };
  return subject.urlOf(doc).replace(account.key, made.key);
}
