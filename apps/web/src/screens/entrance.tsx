import { Logo } from '@rapport/ui/logo';
import type { JSX } from 'solid-js';
import { BoardIllustration } from './board-illustration.tsx';
import { PageTitle } from '../shell/page-title.tsx';

/** The frame of every page before a workspace: a form on the left, people at work on the right. */
export function Entrance(props: { title: string; lead?: JSX.Element; foot?: JSX.Element; children: JSX.Element }) {
  return (
    <div class="split">
      <PageTitle title={props.title} />
      <main class="form" id="main" tabindex="-1">
        <div class="row brand">
          <Logo sizePx={28} />
          <b>Rapport</b>
        </div>
        <div>
          <h1>{props.title}</h1>
          <p class="t2 lead">{props.lead}</p>
          {props.children}
        </div>
        <p class="small t3 row foot-line">{props.foot}</p>
      </main>
      <BoardIllustration />
    </div>
  );
}
