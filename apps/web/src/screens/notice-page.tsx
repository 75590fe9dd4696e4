import { EmptyState } from '@rapport/ui/empty-state';
import { Logo } from '@rapport/ui/logo';
import type { JSX } from 'solid-js';
import { PageTitle } from '../shell/page-title.tsx';

/** A page that only says why there is nothing, and the way out. */
export function NoticePage(props: { title: string; action?: JSX.Element; below?: JSX.Element; children: JSX.Element }) {
  return (
    <main class="notice" id="main" tabindex="-1">
      <PageTitle title={props.title} />
      <Logo sizePx={32} />
      <EmptyState title={props.title} action={props.action}>
        {props.children}
      </EmptyState>
      {props.below}
    </main>
  );
}

export function NotFound() {
  return (
    <NoticePage
      title="There is no such page"
      action={
        <a class="btn primary" href="/">
          Go to Rapport
        </a>
      }
    >
      The address may be mistyped, or what it led to was deleted.
    </NoticePage>
  );
}

/** `lost`: what this device still has of theirs that could not be saved. */
export function NoAccess(props: { lost?: JSX.Element }) {
  return (
    <NoticePage
      title="You are not a member of this workspace"
      below={props.lost}
      action={
        <a class="btn primary" href="/">
          Go to my workspaces
        </a>
      }
    >
      Ask the person who sent you the link to invite you, or sign in as somebody else.
    </NoticePage>
  );
}

export function Unreachable(props: { onRetry: () => void }) {
  return (
    <NoticePage
      title="The server cannot be reached"
      action={
        <button type="button" class="btn primary" onClick={() => props.onRetry()}>
          Try again
        </button>
      }
    >
      This browser has no copy to show yet. Once you have opened Rapport here with a connection, it opens without one.
    </NoticePage>
  );
}
