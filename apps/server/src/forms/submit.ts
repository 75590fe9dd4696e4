import { err, ok, type Result } from '@rapport/doc/result';
import type { Answers } from '@rapport/domain/forms/check-answers';
import { directionOf, wordsOf } from '@rapport/domain/forms/words';
import * as v from 'valibot';
import { hashToken, makeToken } from '../control/secret.ts';
import type { Services } from '../services.ts';
import { originValues } from './came-from.ts';
import { leadIdOf, makeLead, type ConsentGiven } from './make-lead.ts';
import type { OpenForm } from './open-form.ts';

/** How long a link to confirm is good for. */
const confirmableMs = 7 * 86_400_000;
/** Mails to one address in a day: a form must not be a way to flood somebody's mailbox. */
const mailsPerAddress = 3;
const dayMs = 86_400_000;

/** What is kept of a submission while it waits to be confirmed. */
const kept = v.object({
  values: v.record(v.string(), v.unknown()),
  consents: v.array(v.object({ purpose: v.string(), wording: v.string() })),
  language: v.string(),
});

export type Outcome = 'lead' | 'check-mail';

/** What became of an answer that is well. `failed` says why no lead could be made; nothing is kept then. */
export async function submit(
  services: Services,
  open: OpenForm,
  answers: Answers,
  about: {
    readonly hidden: Readonly<Record<string, string>>;
    readonly network: string;
    /** The same for the same answers on the same page. */
    readonly once: string;
    /** When the page was made, epoch ms. */
    readonly pageAt: number;
  },
): Promise<Result<Outcome, string>> {
  const { id: form, workspace } = open;
  const { forms } = workspace;
  const { hidden, network, once, pageAt } = about;
  const lead = leadIdOf(once, pageAt);
  const known = forms.stateOnce(once);
  if (known !== undefined) return ok(known === 'pending' || known === 'expired' ? 'check-mail' : 'lead');
  const at = services.now();
  const values = { ...answers.values, ...originValues(hidden), source: sourceOf(open) };
  const email = emailOf(open, answers);
  if (open.form.doubleOptIn && email !== null) {
    waitForConfirmation(services, open, { email, values, answers, network, once, lead, at });
    return ok('check-mail');
  }
  const consents = answers.agreed.map(({ purpose, wording }): ConsentGiven => ({
    purpose,
    at,
    proof: `Agreed to “${wording}” on ${iso(at)}, from the network ${network}.`,
  }));
  const made = await makeLead(services, workspace, {
    id: lead,
    ...whereOf(open),
    values,
    consents,
  });
  if (!made.ok) return err(made.error);
  forms.add({ id: services.newId(), form, at, state: 'lead', lead: made.value.id, network, once });
  return ok('lead');
}

function waitForConfirmation(
  services: Services,
  open: OpenForm,
  what: {
    readonly email: string;
    readonly values: Readonly<Record<string, unknown>>;
    readonly answers: Answers;
    readonly network: string;
    readonly once: string;
    readonly lead: string;
    readonly at: number;
  },
): void {
  const { workspace, id: form } = open;
  const { forms, mail } = workspace;
  const { email, values, answers, network, once, lead, at } = what;
  const id = services.newId();
  const emailHash = services.pageTokens.fingerprint('email', email.toLowerCase());
  const token = makeToken('yes_');
  const isFlood = forms.recentOf(emailHash, at - dayMs) >= mailsPerAddress;
  const answersKept = JSON.stringify({
    values,
    consents: answers.agreed.map(({ purpose, wording }) => ({ purpose, wording })),
    language: open.form.language,
  } satisfies v.InferInput<typeof kept>);
  // The submission and its mail in one commit: neither is ever without the other.
  forms.together(() => {
    forms.add({
      id,
      form,
      at,
      state: 'pending',
      lead,
      network,
      once,
      answers: answersKept,
      emailHash,
      tokenHash: hashToken(token),
      expiresAt: at + confirmableMs,
    });
    if (!isFlood) mail.add({ id, about: id, recipient: email, ...confirmationMail(services, open, token) }, at);
  });
  services.mailing.wake(workspace.id);
}

function confirmationMail({ publicUrl }: Services, { id, form }: OpenForm, token: string) {
  const words = wordsOf(form.language);
  const link = `${publicUrl}/f/${id}/confirm?token=${token}`;
  const text = [words.mailText.replace('{form}', () => form.name), link, words.mailIgnore].join('\n\n');
  // So that a mail in Arabic begins at the right side also where programs do not look.
  const mark = directionOf(form.language) === 'rtl' ? '\u200f' : '';
  return { subject: words.mailSubject.replace('{form}', () => form.name), text: `${mark}${text}\n` };
}

export type Confirmation = 'confirmed' | 'gone';

/** Makes the lead of a submission whose link somebody pressed the button for. A link that was used answers the same. */
export async function confirmSubmission(
  services: Services,
  open: OpenForm,
  token: string,
  network: string,
): Promise<Result<Confirmation, string>> {
  const { forms, mail } = open.workspace;
  const found = forms.byToken(hashToken(token));
  if (found === undefined || found.form !== open.id) return ok('gone');
  if (found.state === 'lead') return ok('confirmed');
  const at = services.now();
  if (found.state !== 'pending' || found.expiresAt <= at) return ok('gone');
  const { values, consents } = v.parse(kept, JSON.parse(found.answers));
  const given = consents.map(({ purpose, wording }): ConsentGiven => ({
    purpose,
    at,
    proof:
      `Agreed to “${wording}” on ${iso(found.at)}, from the network ${found.network}; ` +
      `confirmed by the link in an e-mail on ${iso(at)}, from the network ${network}.`,
  }));
  const made = await makeLead(services, open.workspace, {
    id: found.lead ?? services.newId(),
    ...whereOf(open),
    values,
    consents: given,
  });
  if (!made.ok) return err(made.error);
  forms.together(() => {
    forms.confirmed(found.id, made.value.id, at);
    mail.dropAbout(found.id);
  });
  return ok('confirmed');
}

/** Whether a link can still be used, without using it: programs that look into mails follow links. */
export function isConfirmable({ now }: Services, { id, workspace }: OpenForm, token: string): boolean {
  const found = workspace.forms.byToken(hashToken(token));
  return found?.form === id && (found.state === 'lead' || (found.state === 'pending' && found.expiresAt > now()));
}

const whereOf = ({ board, id, form }: OpenForm) => ({ board, form: { id, name: form.name } });

const iso = (at: number): string => new Date(at).toISOString();

const sourceOf = ({ form }: OpenForm): string => (form.source === '' ? 'Web form' : form.source);

function emailOf({ questions }: OpenForm, { values }: Answers): string | null {
  const question = questions.find(({ spec, field }) => spec.type === 'email' && typeof values[field] === 'string');
  const value = question === undefined ? undefined : values[question.field];
  return typeof value === 'string' ? value : null;
}
