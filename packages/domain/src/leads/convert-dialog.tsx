import { Dialog } from '@rapport/ui/dialog';
import { RadioCards } from '@rapport/ui/radio-cards';
import { Select } from '@rapport/ui/select';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { StageMark } from '@rapport/ui/stage-mark';
import { TextField } from '@rapport/ui/text-field';
import { Show, createEffect, createSignal, on } from 'solid-js';
import type { Shared } from '../access/share.ts';
import type { WorkspaceClient } from '../client.ts';
import { ReasonLabels } from '../duplicates/reason-labels.tsx';
import { convertAsStep, type ConvertedIds } from './convert-step.web.ts';
import type { Match, Matches } from './matches.ts';

interface LeadSaid {
  readonly id: string;
  readonly title: string | null;
  readonly name: string | null;
  readonly companyName: string | null;
  readonly email: string | null;
  readonly website: string | null;
  readonly board: string;
  readonly owner: string | null;
}
interface Pipeline {
  readonly id: string;
  readonly name: string;
  readonly access: 'view' | 'edit';
  readonly shared: Shared;
}
interface PipelineStage {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly probability: number;
}

const noDeal = '';
const wordOf = { company: 'company', contact: 'contact' } as const;

/** Asks what a lead becomes: the matches that exist first, each with its reasons, or new records; and a deal or none. */
export function ConvertDialog(props: {
  workspace: WorkspaceClient;
  /** One after another is asked for. */
  leadIds: readonly string[];
  onConverted?: (made: ConvertedIds) => void;
  onClose: () => void;
}) {
  const [at, setAt] = createSignal(0);
  const [lead, setLead] = createSignal<LeadSaid>();
  const [matches, setMatches] = createSignal<Matches>({ company: [], contact: [] });
  const [company, setCompany] = createSignal('none');
  const [contact, setContact] = createSignal('new');
  const [pipelines, setPipelines] = createSignal<readonly Pipeline[]>([]);
  const [pipeline, setPipeline] = createSignal(noDeal);
  const [stages, setStages] = createSignal<readonly PipelineStage[]>([]);
  const [stage, setStage] = createSignal('');
  const [dealTitle, setDealTitle] = createSignal('');
  /** Who may open what is made; null where the inbox is everybody's, and so is what comes of it. */
  const [sharing, setSharing] = createSignal<'me' | 'everyone' | null>(null);
  const [problem, setProblem] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);
  // A dialog is in one workspace.
  // eslint-disable-next-line solid/reactivity
  const { workspace } = props;
  const worded = (error: unknown) =>
    navigator.onLine && error instanceof Error
      ? error.message
      : 'Converting needs a connection. Nothing has changed; try again when you are online.';

  const ask = async (id: string | undefined) => {
    if (id === undefined) return;
    setLead(undefined);
    setProblem(undefined);
    const path = `/leads/${encodeURIComponent(id)}`;
    try {
      const [said, found, { items }, inboxes] = await Promise.all([
        workspace.api<LeadSaid>('GET', path),
        workspace.api<Matches>('GET', `${path}/matches`),
        workspace.api<{ items: Pipeline[] }>('GET', '/boards?kind=deals&limit=500'),
        workspace.api<{ items: Pipeline[] }>('GET', '/boards?kind=leads&limit=500'),
      ]);
      if (props.leadIds[at()] !== id) return;
      const mine = items.filter(({ access }) => access === 'edit');
      const isOpenInbox = inboxes.items.find(({ id }) => id === said.board)?.shared === 'everyone';
      setSharing(isOpenInbox ? null : 'me');
      // A deal shows its title to all who may open its pipeline.
      const offered = isOpenInbox ? mine[0] : mine.find(({ shared }) => shared !== 'everyone');
      setMatches(found);
      const isOfCompany = said.companyName !== null || said.website !== null;
      setCompany(found.company[0]?.id ?? (isOfCompany ? 'new' : 'none'));
      setContact(found.contact[0]?.id ?? (said.name === null && said.email === null ? 'none' : 'new'));
      setPipelines(mine);
      setDealTitle(said.title ?? '');
      setLead(said);
      if (!isOpenInbox || pipeline() === noDeal || !mine.some((each) => each.id === pipeline()))
        setPipeline(offered?.id ?? noDeal);
    } catch (error) {
      setProblem(worded(error));
    }
  };
  createEffect(on(() => props.leadIds[at()], ask));
  const askStages = async (board: string) => {
    if (board === noDeal) return;
    try {
      const { items } = await workspace.api<{ items: PipelineStage[] }>('GET', `/boards/${board}/stages`);
      if (pipeline() !== board) return;
      const open = items.filter(({ kind }) => kind === 'open');
      setStages(open);
      setStage(open[0]?.id ?? '');
    } catch (error) {
      setProblem(worded(error));
    }
  };
  createEffect(on(pipeline, askStages));

  const isNobody = () => company() === 'none' && contact() === 'none';
  const next = () => {
    if (at() + 1 < props.leadIds.length) setAt(at() + 1);
    else props.onClose();
  };
  const convert = async () => {
    const said = lead();
    if (!said || isBusy() || isNobody()) return;
    setBusy(true);
    try {
      const title = dealTitle().trim();
      const deal =
        pipeline() === noDeal || stage() === ''
          ? null
          : { board: pipeline(), stage: stage(), title: title === '' ? (said.title ?? 'Untitled') : title };
      const made = await convertAsStep(
        workspace,
        { id: said.id, title: said.title ?? 'Untitled' },
        { company: company(), contact: contact(), deal, sharedWith: sharing() ?? 'everyone' },
      );
      props.onConverted?.(made);
      next();
    } catch (error) {
      // Somebody was faster: there is nothing left to ask.
      if ((error as { status?: number }).status === 409) {
        workspace.toast({ text: worded(error), tone: 'danger' });
        workspace.announce(worded(error));
        next();
      } else setProblem(worded(error));
    } finally {
      setBusy(false);
    }
  };

  const options = (noun: 'company' | 'contact', found: readonly Match[], fresh: string | null) => [
    ...found.map((match) => ({
      value: match.id,
      title: match.title,
      text: <ReasonLabels reasons={match.reasons.filter(({ how }) => how !== 'different')} />,
    })),
    ...(fresh === null ? [] : [{ value: 'new', title: `New ${wordOf[noun]}`, text: <bdi>{fresh}</bdi> }]),
    { value: 'none', title: `No ${wordOf[noun]}` },
  ];
  const onlyUs = (owner: string | null) => {
    const other = owner === null || owner === workspace.me.id ? undefined : workspace.members().get(owner)?.name;
    return other === undefined ? 'Only me' : `Only me and ${other}`;
  };
  /** What others get to see of a lead of a private inbox, whatever is chosen for new records. */
  const wider = () => [
    ...([company(), contact()].some((each) => each !== 'new' && each !== 'none')
      ? ['What exists stays shared as it is: who may open it sees the message, too.']
      : []),
    ...(pipelines().find(({ id }) => id === pipeline())?.shared === 'everyone'
      ? ['Everybody sees the deal and its title.']
      : []),
  ];
  const more = () => (props.leadIds.length > 1 ? ` (${at() + 1} of ${props.leadIds.length})` : '');
  return (
    <Dialog
      open
      onClose={() => props.onClose()}
      title={`Convert ${lead() === undefined ? 'a lead' : `“${lead()?.title ?? 'Untitled'}”`}${more()}`}
      action={{
        label: 'Convert',
        run: () => void convert(),
        busy: isBusy(),
        disabledReason:
          lead() === undefined ? 'Looking for matches' : isNobody() ? 'Choose a company or a contact' : undefined,
      }}
    >
      <Show
        when={lead()}
        fallback={problem() === undefined && <SkeletonRows count={5} label="Looking for companies and contacts" />}
      >
        {(said) => (
          <>
            <RadioCards
              label="Contact"
              options={options('contact', matches().contact, said().name ?? said().email ?? said().title)}
              value={contact()}
              onChange={setContact}
            />
            <RadioCards
              label="Company"
              options={options('company', matches().company, said().companyName ?? said().website)}
              value={company()}
              onChange={setCompany}
            />
            <Select
              label="Deal in"
              options={[...pipelines().map(({ id, name }) => ({ id, label: name })), { id: noDeal, label: 'No deal' }]}
              value={pipeline()}
              onChange={setPipeline}
            />
            <Show when={pipeline() !== noDeal}>
              <Select
                label="Stage"
                options={stages().map(({ id, name, probability }) => ({
                  id,
                  label: name,
                  mark: () => <StageMark probability={probability} colour={undefined} />,
                }))}
                value={stage()}
                onChange={setStage}
              />
              <TextField label="Title of the deal" value={dealTitle()} onInput={setDealTitle} maxLength={300} />
            </Show>
            <Show when={sharing() !== null && (company() === 'new' || contact() === 'new')}>
              <RadioCards
                label="Who sees what is new"
                options={[
                  { value: 'me', title: onlyUs(said().owner), text: 'As not everybody may open this inbox.' },
                  { value: 'everyone', title: 'Everybody', text: 'All members of the workspace.' },
                ]}
                value={sharing()}
                onChange={setSharing}
              />
            </Show>
            <Show when={sharing() !== null && wider().length > 0}>
              <p class="hint">{wider().join(' ')}</p>
            </Show>
            <p class="hint">
              What a match lacks is filled in; nothing that it has is changed. Owner, source, consent and message come
              along.
            </p>
          </>
        )}
      </Show>
      <Show when={problem()}>
        <p class="hint error" role="alert">
          {problem()}
        </p>
      </Show>
    </Dialog>
  );
}
