import type { LucideProps } from 'lucide-solid';
import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

/** A drawing from `lucide-solid/icons/<name>`. Import icons one by one: the root import makes builds five times slower. */
export type IconOf = (props: LucideProps) => JSX.Element;

/** Draws an icon at 12, 14, 16 or 20 px. It is decoration unless `label` names it. */
export function Icon(props: {
  of: IconOf;
  size?: 12 | 14 | 16 | 20 | undefined;
  label?: string | undefined;
  class?: string | undefined;
}) {
  const sizeClass = () => (props.size === undefined || props.size === 16 ? '' : ` s${props.size}`);
  return (
    <Dynamic
      component={props.of}
      class={`ico${sizeClass()}${props.class === undefined ? '' : ` ${props.class}`}`}
      size={props.size ?? 16}
      role={props.label === undefined ? undefined : 'img'}
      aria-label={props.label}
      aria-hidden={props.label === undefined ? 'true' : undefined}
    />
  );
}
