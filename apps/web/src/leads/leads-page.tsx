import { ConvertDialog } from '@rapport/domain/leads/convert-dialog.tsx';
import { DealBoardScreen } from '@rapport/domain/deals/deal-board-screen.tsx';
import { createLeadScores } from '@rapport/domain/leads/create-lead-scores.web';
import type { Lead } from '@rapport/domain/leads/lead';
import { LeadFacts } from '@rapport/domain/leads/lead-facts.tsx';
import { leadOps } from '@rapport/domain/leads/ops';
import { leadType } from '@rapport/domain/leads/lead-type';
import { scoreField } from '@rapport/domain/leads/score-field';
import { ScoreMark } from '@rapport/domain/leads/score-mark.tsx';
import { ScoreReasons } from '@rapport/domain/leads/score-reasons.tsx';
import { Button } from '@rapport/ui/button';
import { EmptyState } from '@rapport/ui/empty-state';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { Navigate, useLocation, useNavigate, useParams } from '@solidjs/router';
import Gauge from 'lucide-solid/icons/gauge';
import Plus from 'lucide-solid/icons/plus';
import Table2 from 'lucide-solid/icons/table-2';
import UserCheck from 'lucide-solid/icons/user-check';
import { Show, createSignal } from 'solid-js';
import { LateShareDialog } from '../access/late-share-dialog.tsx';
import { sentenceOf } from '../api/request.ts';
import { DocumentsOf } from '../records/documents-of.tsx';
import { NoBoard } from '../screens/no-board.tsx';
import { useAddressSearch } from '../shell/address-search.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { TopBar } from '../shell/top-bar.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';

/** One inbox of leads, live: the board of the deals with what leads have. */
export function LeadBoardPage() {
  const params = useParams<{ board: string }>();
  const navigate = useNavigate();
  const workspace = useWorkspace();
  const base = `/w/${workspace.workspaceId}`;
  const [isSharing, setSharing] = createSignal(false);
  const [scores, setScores] = createSignal<ReturnType<typeof createLeadScores>>();
  // On a board of leads every card is one.
  const scoreOfCard = (card: object | undefined) => (card === undefined ? undefined : scores()?.()(card as Lead));
  const name = () => workspace.leadBoards()?.find((board) => board.id === params.board)?.name ?? 'Leads';
  const search = useAddressSearch();
  return (
    <>
      <PageTitle title={name()} workspace={workspace.summary().name} />
      <DealBoardScreen
        workspace={workspace}
        boardId={params.board}
        type={leadType}
        ops={leadOps}
        search={search}
        onOpenBoard={(id, lead) => navigate(`${base}/leads/${id}${lead === undefined ? '' : `?deal=${lead}`}`)}
        onShare={() => setSharing(true)}
        refused={() => <NoBoard />}
        menu={[
          {
            id: 'assignment',
            label: 'Assignment',
            icon: UserCheck,
            onPick: () => navigate(`${base}/leads/${params.board}/assignment`),
          },
          { id: 'all', label: 'All leads', icon: Table2, onPick: () => navigate(`${base}/leads/all`) },
          { id: 'score', label: 'Score', icon: Gauge, onPick: () => navigate(`${base}/leads/${params.board}/score`) },
        ]}
        conversion={(ids, onClose) => <ConvertDialog workspace={workspace} leadIds={ids} onClose={onClose} />}
        deriving={(board) => {
          const scores = createLeadScores(board);
          setScores(() => scores);
          return scoreField(scores);
        }}
        cardMark={(card) => <Show when={scoreOfCard(card())}>{(score) => <ScoreMark score={score()} />}</Show>}
        documents={(lead) => (
          <>
            <Show when={scoreOfCard(lead.card)}>
              {(score) => (
                <section class="lead-score" aria-labelledby="lead-score">
                  <h3 id="lead-score" class="row">
                    Score <ScoreMark score={score()} />
                  </h3>
                  <ScoreReasons score={score()} />
                </section>
              )}
            </Show>
            <LeadFacts workspace={workspace} leadId={lead.id} />
            <DocumentsOf record={{ noun: 'lead', id: lead.id, name: lead.name }} mayEdit={lead.mayEdit} />
          </>
        )}
      />
      <Show when={isSharing()}>
        <LateShareDialog id={params.board} name={name()} onClose={() => setSharing(false)} />
      </Show>
    </>
  );
}

/** The inbox of leads, or the offer of one: a workspace has none until somebody asks, or the first lead comes. */
export function LeadsHome() {
  const workspace = useWorkspace();
  const location = useLocation();
  const navigate = useNavigate();
  const [isBusy, setBusy] = createSignal(false);
  const open = async () => {
    if (isBusy()) return;
    setBusy(true);
    try {
      const made = await workspace.api<{ id: string }>('POST', '/boards', {
        name: 'Leads',
        kind: 'leads',
        currency: workspace.currency(),
      });
      await workspace.queries.refetchQueries({ queryKey: workspace.boardsKey });
      navigate(`/w/${workspace.workspaceId}/leads/${made.id}`, { replace: true });
    } catch (error) {
      workspace.toast({ text: `No inbox was made. ${sentenceOf(error)}`, tone: 'danger' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Show
      when={workspace.leadBoards()?.[0]}
      fallback={
        <>
          <PageTitle title="Leads" workspace={workspace.summary().name} />
          <TopBar title="Leads" />
          <div class="page">
            <Show when={workspace.leadBoards()} fallback={<SkeletonRows count={6} />}>
              <EmptyState
                title="No leads yet"
                action={
                  <Show when={workspace.me.role !== 'viewer'}>
                    <Button variant="primary" icon={Plus} busy={isBusy()} onClick={() => void open()}>
                      Open the lead inbox
                    </Button>
                  </Show>
                }
              >
                People who asked, before they are customers: from a form on your website, from a fair, from a call. In
                the inbox they are sorted out, given to somebody, and become contacts, companies and deals.
              </EmptyState>
            </Show>
          </div>
        </>
      }
    >
      {(board) => <Navigate href={`/w/${workspace.workspaceId}/leads/${board().id}${location.search}`} />}
    </Show>
  );
}
