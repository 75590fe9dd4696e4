import type { Admitted } from './admit-workspace.ts';

/** Tells who may enter a workspace that came from another installation. Links are told once and kept nowhere. */
export function sayAdmitted({ name, joined, invitations }: Admitted, publicUrl: string, say: (line: string) => void) {
  say(`“${name}” is new here.`);
  for (const email of joined) say(`  ${email} has an account here and is a member of it.`);
  for (const { email, token } of invitations)
    say(`  ${email ?? 'An administrator'} comes in by this link, once, within 7 days: ${publicUrl}/join/${token}`);
}
