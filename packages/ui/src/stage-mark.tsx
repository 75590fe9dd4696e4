import { filledArc } from './logic/stage-arc.ts';

/** A ring filled to the stage's probability, in whole per cent. Only the ring carries the stage's colour. */
export function StageMark(props: { probability: number; colour?: string | undefined; label?: string | undefined }) {
  return (
    <svg
      class="stage"
      viewBox="0 0 14 14"
      role={props.label === undefined ? undefined : 'img'}
      aria-label={props.label}
      aria-hidden={props.label === undefined ? 'true' : undefined}
      style={props.colour === undefined ? undefined : { color: props.colour }}
    >
      <circle cx="7" cy="7" r="5.8" fill="none" stroke="currentColor" stroke-width="1.4" />
      <circle
        cx="7"
        cy="7"
        r="2"
        fill="none"
        stroke="currentColor"
        stroke-width="4"
        stroke-dasharray={`${filledArc(props.probability)} 40`}
        transform="rotate(-90 7 7)"
      />
    </svg>
  );
}
