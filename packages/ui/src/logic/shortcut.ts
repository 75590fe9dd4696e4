/** One key with its modifiers. `mod` is Command on Apple machines and Control elsewhere. */
export type Chord = { key: string; mod: boolean; shift: boolean; alt: boolean };

/** What a chord is compared with; a KeyboardEvent fits. */
export type KeyPress = { key: string; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean; altKey: boolean };

const names: Record<string, string> = {
  space: ' ',
  esc: 'Escape',
  enter: 'Enter',
  del: 'Delete',
  up: 'ArrowUp',
  down: 'ArrowDown',
  left: 'ArrowLeft',
  right: 'ArrowRight',
};

const shown: Record<string, string> = {
  ' ': 'Space',
  Escape: 'Esc',
  Delete: 'Del',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
};

/** True on machines whose shortcuts use the Command key. */
function isApple(platform = globalThis.navigator?.platform ?? ''): boolean {
  return /mac|iphone|ipad/i.test(platform);
}

/** Reads `Mod+Shift+Z`, `?`, `Space`. Names are free of case; a lone `+` is the plus key. */
export function parseChord(text: string): Chord {
  const parts = text === '+' ? ['+'] : text.split('+').map((part) => (part === '' ? '+' : part));
  const last = parts.at(-1) ?? '';
  const modifiers = new Set(parts.slice(0, -1).map((part) => part.toLowerCase()));
  return {
    key: names[last.toLowerCase()] ?? (last.length === 1 ? last.toLowerCase() : last),
    mod: modifiers.has('mod') || modifiers.has('ctrl') || modifiers.has('cmd'),
    shift: modifiers.has('shift'),
    alt: modifiers.has('alt'),
  };
}

/** True when the press is this chord. Shift is left open for signs such as `?`, which need it on some keyboards only. */
export function matchesChord(press: KeyPress, chord: Chord, apple = isApple()): boolean {
  const mod = apple ? press.metaKey : press.ctrlKey;
  const foreign = apple ? press.ctrlKey : press.metaKey;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (key !== chord.key || mod !== chord.mod || foreign || press.altKey !== chord.alt) return false;
  const isSign = key.length === 1 && !/[\p{L}\p{N} ]/u.test(key);
  return isSign || press.shiftKey === chord.shift;
}

/** `Mod+K` as a person reads it: `⌘K` on Apple machines, `Ctrl+K` elsewhere. */
export function shownKeys(text: string, apple = isApple()): string {
  const chord = parseChord(text);
  const key = shown[chord.key] ?? (chord.key.length === 1 ? chord.key.toUpperCase() : chord.key);
  if (apple) return `${chord.alt ? '⌥' : ''}${chord.shift ? '⇧' : ''}${chord.mod ? '⌘' : ''}${key}`;
  return `${chord.mod ? 'Ctrl+' : ''}${chord.alt ? 'Alt+' : ''}${chord.shift ? 'Shift+' : ''}${key}`;
}
