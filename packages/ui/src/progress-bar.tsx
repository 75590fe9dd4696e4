/** How much of something is done, 0 to 1; null while nobody can know. */
export function ProgressBar(props: { label: string; value: number | null; colour?: string | undefined }) {
  const percent = () => Math.round(Math.min(1, Math.max(0, props.value ?? 0)) * 100);
  return (
    <div
      class={`bar${props.value === null ? ' sk' : ''}`}
      role="progressbar"
      aria-label={props.label}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow={props.value === null ? undefined : percent()}
    >
      <i style={{ width: `${percent()}%`, background: props.colour }} />
    </div>
  );
}
