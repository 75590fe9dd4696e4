import { uploadsDatabase } from '@rapport/domain/files/uploads-database';
import { Toasts } from '@rapport/ui/toasts';
import { Navigate, Route, type RouteSectionProps, Router, useLocation } from '@solidjs/router';
import { ErrorBoundary, type JSX, Match, Suspense, Switch, lazy } from 'solid-js';
import { AccountProvider, useAccount } from './account/account.tsx';
import { tellSignedOut } from './account/other-tabs.ts';
import { ForgetLeft } from './account/forget-left.tsx';
import { deleteAllKeptDocuments } from './account/kept-documents.ts';
import { forgetAll } from './local/kept-values.ts';
import { NotFound, NoticePage, Unreachable } from './screens/notice-page.tsx';
import { FocusOnNavigation } from './shell/focus-on-navigation.tsx';
import { Shell } from './shell/shell.tsx';
import { WorkspaceGate } from './workspace/workspace-gate.tsx';
import { BoardHome, BoardPage, ImportPage, LivePage, ReportsPage } from './screens/pages.tsx';

const SignIn = lazy(() => import('./screens/sign-in.tsx'));
const SignUp = lazy(() => import('./screens/sign-up.tsx'));
const Join = lazy(() => import('./screens/join.tsx'));
const NewWorkspace = lazy(() => import('./screens/new-workspace.tsx'));
const ChooseWorkspace = lazy(() => import('./screens/choose-workspace.tsx'));
const NotePage = lazy(() => import('./notes/note-page.tsx'));
const CompaniesPage = lazy(async () => ({ default: (await import('./tables/table-page.tsx')).CompaniesPage }));
const ContactsPage = lazy(async () => ({ default: (await import('./tables/table-page.tsx')).ContactsPage }));
const DealsPage = lazy(async () => ({ default: (await import('./tables/table-page.tsx')).DealsPage }));
const FormsPage = lazy(async () => ({ default: (await import('./forms/forms-page.tsx')).FormsPage }));
const FormPage = lazy(async () => ({ default: (await import('./forms/forms-page.tsx')).FormPage }));
const LeadsPage = lazy(async () => ({ default: (await import('./tables/table-page.tsx')).LeadsPage }));
const LeadsHome = lazy(async () => ({ default: (await import('./leads/leads-page.tsx')).LeadsHome }));
const LeadBoardPage = lazy(async () => ({ default: (await import('./leads/leads-page.tsx')).LeadBoardPage }));
const InboxPage = lazy(() => import('./inbox/inbox-page.tsx'));
const LibraryPage = lazy(() => import('./library/library-page.tsx'));
const DuplicatesPage = lazy(() => import('./duplicates/duplicates-page.tsx'));
const MergePage = lazy(() => import('./duplicates/merge-page.tsx'));
const CompanyPage = lazy(async () => ({ default: (await import('./records/record-page.tsx')).CompanyPage }));
const ContactPage = lazy(async () => ({ default: (await import('./records/record-page.tsx')).ContactPage }));
const AssignmentPage = lazy(async () => ({ default: (await import('./leads/lead-rules-page.tsx')).AssignmentPage }));
const ScorePage = lazy(async () => ({ default: (await import('./leads/lead-rules-page.tsx')).ScorePage }));
const Settings = lazy(() => import('./settings/settings.tsx'));

/** Shows its children to a signed-in person and sends others to sign in, and back afterwards. */
function SignedIn(props: { children: JSX.Element }) {
  const { state, refresh } = useAccount();
  const location = useLocation();
  const signInPath = () => `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
  return (
    <Switch>
      <Match when={state().kind === 'signed-in'}>{props.children}</Match>
      <Match when={state().kind === 'signed-out'}>
        <Navigate href={signInPath()} />
      </Match>
      <Match when={state().kind === 'unreachable'}>
        <Unreachable onRetry={() => void refresh()} />
      </Match>
    </Switch>
  );
}

function Home() {
  const { state } = useAccount();
  const goal = () => {
    const now = state();
    if (now.kind !== 'signed-in') return '/sign-in';
    const [first, second] = now.workspaces;
    if (first === undefined) return '/new-workspace';
    return second === undefined ? `/w/${first.id}` : '/workspaces';
  };
  return (
    <SignedIn>
      <Navigate href={goal()} />
    </SignedIn>
  );
}

function Failed(props: { error: unknown }) {
  return (
    <NoticePage
      title="This page failed"
      action={
        <button type="button" class="btn primary" onClick={() => location.reload()}>
          Reload
        </button>
      }
    >
      {props.error instanceof Error ? props.error.message : 'Something in the app went wrong.'} Your changes are kept on
      this device.
    </NoticePage>
  );
}

/** The whole app. `stopKeeping` ends the writing of lists to this device. */
export function App(props: { stopKeeping: () => void }) {
  const forget = async () => {
    props.stopKeeping();
    tellSignedOut();
    await Promise.all([forgetAll(), deleteAllKeptDocuments()]);
    indexedDB.deleteDatabase(uploadsDatabase);
    // How the app looks on this device is no one's data.
    for (const key of Object.keys(localStorage))
      if (key !== 'rapport.theme' && key !== 'rapport.density') localStorage.removeItem(key);
    sessionStorage.clear();
  };
  return (
    <AccountProvider forget={forget}>
      <Router
        root={(root) => (
          <ErrorBoundary fallback={(error: unknown) => <Failed error={error} />}>
            <FocusOnNavigation />
            <ForgetLeft />
            <Suspense>{root.children}</Suspense>
            <Toasts />
          </ErrorBoundary>
        )}
      >
        <Route path="/" component={Home} />
        <Route path="/sign-in" component={SignIn} />
        <Route path="/sign-up" component={SignUp} />
        <Route path="/join/:token" component={Join} />
        <Route
          path="/new-workspace"
          component={() => (
            <SignedIn>
              <NewWorkspace />
            </SignedIn>
          )}
        />
        <Route
          path="/workspaces"
          component={() => (
            <SignedIn>
              <ChooseWorkspace />
            </SignedIn>
          )}
        />
        <Route
          path="/w/:ws"
          component={(route: RouteSectionProps) => (
            <SignedIn>
              <WorkspaceGate>
                <Shell>{route.children}</Shell>
              </WorkspaceGate>
            </SignedIn>
          )}
        >
          <Route path="/" component={BoardHome} />
          <Route path="/b/:board" component={BoardPage} />
          <Route path="/leads/:board/assignment" component={AssignmentPage} />
          <Route path="/leads/:board/score" component={ScorePage} />
          <Route path="/n/:note" component={NotePage} />
          <Route path="/inbox" component={InboxPage} />
          <Route path="/library" component={LibraryPage} />
          <Route path="/companies" component={CompaniesPage} />
          <Route path="/contacts" component={ContactsPage} />
          <Route path="/deals" component={DealsPage} />
          <Route path="/leads" component={LeadsHome} />
          <Route path="/leads/all" component={LeadsPage} />
          <Route path="/leads/:board" component={LeadBoardPage} />
          <Route path="/companies/:id" component={CompanyPage} />
          <Route path="/contacts/:id" component={ContactPage} />
          <Route path="/forms" component={FormsPage} />
          <Route path="/forms/:id" component={FormPage} />
          <Route path="/live" component={LivePage} />
          <Route path="/reports" component={ReportsPage} />
          <Route path="/import" component={ImportPage} />
          <Route path="/duplicates" component={DuplicatesPage} />
          <Route path="/merge" component={MergePage} />
          <Route path="/settings/:section?" component={Settings} />
        </Route>
        <Route path="*" component={NotFound} />
      </Router>
    </AccountProvider>
  );
}
