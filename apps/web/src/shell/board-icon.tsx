import type { IconOf } from '@rapport/ui/icon';

/** A pipeline, as the design draws it: two lanes of different length. */
export const BoardIcon: IconOf = (props) => (
  <svg
    viewBox="0 0 16 16"
    class={props.class}
    role={props.role}
    aria-label={props['aria-label']}
    aria-hidden={props['aria-hidden']}
  >
    <rect x="2.5" y="2.5" width="4" height="11" rx="1" />
    <rect x="9.5" y="2.5" width="4" height="7" rx="1" />
  </svg>
);
