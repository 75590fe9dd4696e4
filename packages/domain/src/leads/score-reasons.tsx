import './rules.css';
import { For } from 'solid-js';
import type { Score } from './score.ts';

/** Why a lead has its score: each reason with its points. */
export function ScoreReasons(props: { score: Score }) {
  return (
    <ul class="score-why" aria-label="Why this score">
      <For each={props.score.reasons} fallback={<li class="t3">Nothing counts for it yet</li>}>
        {(reason) => (
          <li>
            <span dir="auto">{reason.text}</span>
            <span class="num">{reason.points > 0 ? `+${reason.points}` : `−${Math.abs(reason.points)}`}</span>
          </li>
        )}
      </For>
    </ul>
  );
}
