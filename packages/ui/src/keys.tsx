import { Show, createSignal, onCleanup } from 'solid-js';
import { LatePart, late, preloadWhenIdle } from './late.tsx';
import { type Chord, matchesChord, parseChord } from './logic/shortcut.ts';

export type Shortcut = {
  /** `N`, `Mod+K`, `Shift+F10`, or keys in turn: `G B`. */
  keys: string;
  /** What it does, as the help shows it. */
  label: string;
  /** The heading it stands under in the help: “Board”, “Everywhere”. */
  scope: string;
  /** Answering false lets the key go on to whatever is next. */
  run: (event: KeyboardEvent) => boolean | void;
  /** Works while typing in a field too. */
  inFields?: boolean | undefined;
  /** Works while a menu, popover or dialog is open too. */
  inOverlays?: boolean | undefined;
  isActive?: (() => boolean) | undefined;
};

type Entry = { shortcut: Shortcut; chords: Chord[] };

const [entries, setEntries] = createSignal<readonly Entry[]>([]);
const sequenceMs = 1000;
let begun: { entries: Entry[]; depth: number; at: number } | undefined;
let isListening = false;

const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)));

const isInOverlay = (target: EventTarget | null) =>
  (target instanceof Element && target.closest('[popover]:popover-open, dialog[open]') !== null) ||
  document.querySelector('dialog[open]') !== null;

function listen(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
  const typing = isField(event.target);
  const covered = isInOverlay(event.target);
  const isOpen = ({ shortcut }: Entry) =>
    (!typing || shortcut.inFields === true) &&
    (!covered || shortcut.inOverlays === true) &&
    (shortcut.isActive?.() ?? true);
  const waiting = begun !== undefined && event.timeStamp - begun.at < sequenceMs ? begun : undefined;
  begun = undefined;
  const depth = waiting?.depth ?? 0;
  // The last registered wins: a panel's key stands before the page's.
  const hits = (waiting?.entries ?? entries().toReversed()).filter((entry) => {
    const chord = entry.chords[depth];
    return chord !== undefined && matchesChord(event, chord) && isOpen(entry);
  });
  for (const entry of hits) {
    if (entry.chords.length > depth + 1) {
      begun = { entries: hits.filter((each) => each.chords.length > depth + 1), depth: depth + 1, at: event.timeStamp };
      event.preventDefault();
      return;
    }
    if (entry.shortcut.run(event) === false) continue;
    event.preventDefault();
    return;
  }
}

/** Adds shortcuts until the returned function is called. Keys are ignored while someone types, unless told otherwise. */
function registerShortcuts(shortcuts: readonly Shortcut[]): () => void {
  const added = shortcuts.map((shortcut) => ({ shortcut, chords: shortcut.keys.split(' ').map(parseChord) }));
  setEntries((before) => [...before, ...added]);
  if (!isListening) {
    isListening = true;
    addEventListener('keydown', listen);
  }
  return () => setEntries((before) => before.filter((entry) => !added.includes(entry)));
}

/** Shortcuts for as long as the calling component lives. */
export function createShortcuts(shortcuts: readonly Shortcut[]): void {
  onCleanup(registerShortcuts(shortcuts));
}

const KeysDialog = late(async () => (await import('./keys-dialog.tsx')).KeysDialog);

/** The `?` dialog: every key that works now, under its heading. Mount it once. */
export function KeysHelp() {
  const [isOpen, setOpen] = createSignal(false);
  createShortcuts([{ keys: '?', label: 'Show the keys', scope: 'Everywhere', run: () => void setOpen(true) }]);
  preloadWhenIdle([KeysDialog]);
  return (
    <Show when={isOpen()}>
      <LatePart>
        <KeysDialog shortcuts={entries().map(({ shortcut }) => shortcut)} onClose={() => setOpen(false)} />
      </LatePart>
    </Show>
  );
}
