import { encode } from 'uqr';

const quietZone = 4;

/** A QR code, drawn here: what it holds goes nowhere. Black on white in every theme, because cameras want that. */
export function QrCode(props: { text: string; label: string }) {
  const code = () => encode(props.text, { ecc: 'M', border: 0 });
  const side = () => code().size + 2 * quietZone;
  const path = () =>
    code()
      .data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x + quietZone} ${y + quietZone}h1v1h-1z` : '')))
      .join('');
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${side()} ${side()}`}
      role="img"
      aria-label={props.label}
      shape-rendering="crispEdges"
    >
      <rect width="100%" height="100%" fill="#fff" />
      <path d={path()} fill="#000" />
    </svg>
  );
}
