export type Rect = { left: number; top: number; width: number; height: number };
export type Size = { width: number; height: number };
export type Side = 'bottom' | 'top' | 'right' | 'left';
export type Align = 'start' | 'center' | 'end';

const marginPx = 8;

/**
 * Where a floating thing goes beside its anchor, in viewport pixels. It turns to the other side where that has more
 * room, slides to stay on screen, and never grows past the room it has (`maxHeight`).
 */
export function place(
  anchor: Rect,
  size: Size,
  viewport: Size,
  wish: { side?: Side; align?: Align; gapPx?: number } = {},
): { left: number; top: number; side: Side; maxHeight: number } {
  const { align = 'start', gapPx = 4 } = wish;
  const room: Record<Side, number> = {
    bottom: viewport.height - (anchor.top + anchor.height) - gapPx - marginPx,
    top: anchor.top - gapPx - marginPx,
    right: viewport.width - (anchor.left + anchor.width) - gapPx - marginPx,
    left: anchor.left - gapPx - marginPx,
  };
  const opposite: Record<Side, Side> = { bottom: 'top', top: 'bottom', left: 'right', right: 'left' };
  const wanted = wish.side ?? 'bottom';
  const isVertical = wanted === 'bottom' || wanted === 'top';
  const needs = isVertical ? size.height : size.width;
  const side = room[wanted] < needs && room[opposite[wanted]] > room[wanted] ? opposite[wanted] : wanted;
  const maxHeight = Math.max(80, isVertical ? room[side] : viewport.height - 2 * marginPx);
  const height = Math.min(size.height, maxHeight);
  const along = (from: number, length: number, own: number) =>
    align === 'start' ? from : align === 'end' ? from + length - own : from + length / 2 - own / 2;
  const clamp = (value: number, own: number, whole: number) =>
    Math.max(marginPx, Math.min(value, whole - own - marginPx));
  const left = isVertical
    ? along(anchor.left, anchor.width, size.width)
    : side === 'right'
      ? anchor.left + anchor.width + gapPx
      : anchor.left - gapPx - size.width;
  const top = isVertical
    ? side === 'bottom'
      ? anchor.top + anchor.height + gapPx
      : anchor.top - gapPx - height
    : along(anchor.top, anchor.height, height);
  return { left: clamp(left, size.width, viewport.width), top: clamp(top, height, viewport.height), side, maxHeight };
}
