import { For } from 'solid-js';

/** One grey bar or circle, in the final shape of what comes. Sizes are CSS lengths. */
export function Skeleton(props: {
  width?: string | undefined;
  height?: string | undefined;
  round?: boolean | undefined;
}) {
  return (
    <div
      class="sk"
      aria-hidden="true"
      style={{
        width: props.width ?? '100%',
        height: props.height ?? '10px',
        'border-radius': props.round === true ? '50%' : undefined,
      }}
    />
  );
}

/** A card that is on its way. Shows after 150 ms. */
export function SkeletonCard() {
  return (
    <div class="card late" aria-hidden="true">
      <div class="sk" style={{ width: '70%', height: '12px', margin: '3px 0' }} />
      <div class="sk" style={{ width: '48%', 'margin-top': '8px' }} />
      <div class="row" style={{ 'margin-top': '14px' }}>
        <Skeleton width="56px" height="12px" />
        <span class="grow" />
        <Skeleton width="20px" height="20px" round />
      </div>
    </div>
  );
}

/** Rows that are on their way. Shows after 150 ms; says so once to a screen reader. */
export function SkeletonRows(props: { count?: number | undefined; label?: string | undefined }) {
  const widths = [64, 82, 48, 74, 56];
  return (
    <div class="late" role="status" aria-label={props.label ?? 'Loading'}>
      <For each={Array.from({ length: props.count ?? 3 }, (_, index) => widths[index % widths.length] ?? 64)}>
        {(width) => (
          <div class="row" style={{ height: 'var(--h-row)', 'box-shadow': 'inset 0 -1px 0 var(--line-faint)' }}>
            <Skeleton width="20px" height="20px" round />
            <Skeleton width={`${width}px`} />
            <span class="grow" />
            <Skeleton width="72px" />
            <Skeleton width="48px" />
          </div>
        )}
      </For>
    </div>
  );
}
