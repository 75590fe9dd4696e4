import './rules.css';
import { tooltip } from '@rapport/ui/tooltip';
import { warmthOf, type Score } from './score.ts';

const points = (value: number): string => (value > 0 ? `+${value}` : `−${Math.abs(value)}`);

/** A lead's score with its reasons on hover and to be read aloud. */
export function ScoreMark(props: { score: Score }) {
  const why = () => props.score.reasons.map((reason) => `${points(reason.points)} ${reason.text}`).join('\n');
  return (
    <span
      class={`score-mark ${warmthOf(props.score.score)}`}
      ref={(element) => tooltip(element, () => why() || 'Nothing counts for it yet')}
      aria-label={`Score ${props.score.score}, ${warmthOf(props.score.score)}`}
      role="img"
    >
      {props.score.score}
    </span>
  );
}
