import { Avatar } from '@rapport/ui/avatar';
import { Button } from '@rapport/ui/button';
import { RadioCards } from '@rapport/ui/radio-cards';
import { TextField } from '@rapport/ui/text-field';
import { useNavigate, useParams } from '@solidjs/router';
import { Match, Show, Switch, createEffect, createSignal } from 'solid-js';
import { useAccount } from '../account/account.tsx';
import { checkForm, signIn, signUp } from '../account/auth.ts';
import { request, sentenceOf } from '../api/request.ts';
import { type LinkLeadsTo, roleNames, roleTexts } from '../api/shapes.ts';
import { createQuery } from '../local/create-query.ts';
import { useQueries } from '../local/queries.ts';
import { createForm } from './create-form.ts';
import { EmailField } from './email-field.tsx';
import { Entrance } from './entrance.tsx';
import { FormProblem } from './form-problem.tsx';
import { NoticePage } from './notice-page.tsx';
import { PasswordField } from './password-field.tsx';

/** Where an invitation's link leads: who invites to what, then join, with a new account or an existing one. */
export default function Join() {
  const params = useParams<{ token: string }>();
  const { state } = useAccount();
  const link = () => `/api/v1/invitations/${encodeURIComponent(params.token)}`;
  const queries = useQueries();
  // Asked again once signed in: only then does it name the people whom one may be.
  const invitation = createQuery<LinkLeadsTo>(queries, () => ({
    queryKey: ['invitation', params.token, state().kind],
    queryFn: () => request('GET', link()),
  }));
  return (
    <Switch>
      <Match when={invitation().data}>{(found) => <JoinForm found={found()} link={link()} />}</Match>
      <Match when={invitation().error}>
        {(error) => (
          <NoticePage
            title="This invitation cannot be used"
            action={
              <a class="btn" href="/">
                Go to Rapport
              </a>
            }
          >
            {sentenceOf(error())}
          </NoticePage>
        )}
      </Match>
    </Switch>
  );
}

function JoinForm(props: { found: LinkLeadsTo; link: string }) {
  const { state, refresh } = useAccount();
  const navigate = useNavigate();
  const [hasAccount, setHasAccount] = createSignal(false);
  const [name, setName] = createSignal('');
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  const [self, setSelf] = createSignal<string | null>(null);
  createEffect(() => setEmail(props.found.email ?? ''));
  const user = () => {
    const now = state();
    return now.kind === 'signed-in' ? now.user : undefined;
  };
  const accept = async () => {
    const as = self();
    const joined = await request<{ workspaceId: string }>('POST', `${props.link}/accept`, as === null ? {} : { as });
    await refresh();
    navigate(`/w/${joined.workspaceId}`, { replace: true });
  };
  const form = createForm(
    () => {
      if (user() !== undefined) return {};
      return hasAccount()
        ? checkForm({ email: email() })
        : checkForm({ name: name(), email: email(), password: password() });
    },
    async () => {
      if (user() === undefined) {
        const person = { name: name().trim(), email: email().trim(), password: password() };
        if (!hasAccount()) await signUp(person);
        else if ((await signIn(person)) === 'code-needed')
          return navigate(`/sign-in?code=1&next=${encodeURIComponent(location.pathname)}`);
      }
      await accept();
    },
  );
  return (
    <Entrance
      title={`Join ${props.found.workspace.name}`}
      lead={
        <span class="row inviter">
          <Show when={props.found.inviter}>
            {(inviter) => (
              <>
                <Avatar person={{ id: '', ...inviter() }} size={24} decorative />
                <span>
                  <b class="med">{inviter().name}</b> invites you as {roleNames[props.found.role].toLowerCase()}.
                </span>
              </>
            )}
          </Show>
          <span class="t3">{roleTexts[props.found.role]}.</span>
        </span>
      }
    >
      <form class="stack" novalidate onSubmit={(event) => void form.send(event)}>
        <FormProblem text={form.errors().form} />
        <Show
          when={user()}
          fallback={
            <>
              <Show when={!hasAccount()}>
                <TextField
                  label="Your name"
                  size="lg"
                  required
                  autofocus
                  autocomplete="name"
                  maxLength={200}
                  value={name()}
                  onInput={setName}
                  error={form.errors().name}
                />
              </Show>
              <EmailField
                value={email()}
                onInput={setEmail}
                error={form.errors().email}
                hint={props.found.email === null ? undefined : 'The invitation is for this address.'}
              />
              <PasswordField
                isNew={!hasAccount()}
                value={password()}
                onInput={setPassword}
                error={form.errors().password}
              />
            </>
          }
        >
          {(known) => (
            <>
              <p class="t2">
                You are signed in as <b class="med">{known().name}</b> ({known().email}).
              </p>
              <Show when={props.found.people.length > 0}>
                <RadioCards
                  label="Are you one of them?"
                  value={self() ?? ''}
                  onChange={(id) => setSelf(id === '' ? null : id)}
                  options={[
                    { value: '', title: 'No', text: 'I am new here' },
                    ...props.found.people.map((person) => ({
                      value: person.id,
                      title: person.name,
                      text: 'Came with an import: their deals become yours',
                    })),
                  ]}
                />
              </Show>
            </>
          )}
        </Show>
        <Button type="submit" variant="primary" size="lg" wide busy={form.isBusy()}>
          {user() !== undefined
            ? `Join ${props.found.workspace.name}`
            : hasAccount()
              ? 'Sign in and join'
              : 'Sign up and join'}
        </Button>
        <Show when={user() === undefined}>
          <Button variant="ghost" wide onClick={() => setHasAccount(!hasAccount())}>
            {hasAccount() ? 'I am new to Rapport' : 'I have an account'}
          </Button>
        </Show>
      </form>
    </Entrance>
  );
}
