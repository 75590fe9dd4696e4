import { Match, Switch } from 'solid-js';

export type ActivityState = 'overdue' | 'today' | 'later' | 'none';

const words: Record<ActivityState, string> = {
  overdue: 'Overdue',
  today: 'Today',
  later: 'Later',
  none: 'Nothing planned',
};

/** When the next activity is due: the shape says it first, the colour second. */
export function ActivityMark(props: { state: ActivityState; label?: string | undefined }) {
  return (
    <svg class={`act ${props.state}`} viewBox="0 0 16 16" role="img" aria-label={props.label ?? words[props.state]}>
      <Switch>
        <Match when={props.state === 'overdue'}>
          <path
            d="M7.1 1.9a1.2 1.2 0 0 1 1.8 0l5.2 5.2a1.2 1.2 0 0 1 0 1.8l-5.2 5.2a1.2 1.2 0 0 1-1.8 0L1.9 8.9a1.2 1.2 0 0 1 0-1.8z"
            fill="currentColor"
          />
          <path d="M8 5v3.4M8 10.9h.01" stroke="var(--on-semantic)" stroke-width="1.6" />
        </Match>
        <Match when={props.state === 'today'}>
          <circle cx="8" cy="8" r="6.2" fill="currentColor" />
          <path d="M8 4.9V8l2.1 1.5" stroke="var(--on-semantic)" />
        </Match>
        <Match when={props.state === 'later'}>
          <circle cx="8" cy="8" r="5.6" stroke="currentColor" />
          <path d="M8 5v3l1.9 1.3" stroke="currentColor" />
        </Match>
        <Match when={props.state === 'none'}>
          <circle cx="8" cy="8" r="5.6" stroke="currentColor" stroke-dasharray="2.1 2.3" />
          <path d="M8 5.8v4.4M5.8 8h4.4" stroke="currentColor" />
        </Match>
      </Switch>
    </svg>
  );
}
