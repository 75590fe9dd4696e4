import { describe, expect, it } from 'vitest';
import { matchesChord, parseChord, shownKeys } from './shortcut.ts';

const press = (key: string, held = '') => ({
  key,
  ctrlKey: held.includes('c'),
  metaKey: held.includes('m'),
  shiftKey: held.includes('s'),
  altKey: held.includes('a'),
});

describe('shortcuts', () => {
  it.each([
    ['N', press('n'), false, true],
    ['N', press('N', 's'), false, false],
    ['Mod+K', press('k', 'c'), false, true],
    ['Mod+K', press('k', 'm'), false, false],
    ['Mod+K', press('k', 'm'), true, true],
    ['Shift+Mod+Z', press('Z', 'cs'), false, true],
    ['Mod+Z', press('Z', 'cs'), false, false],
    ['?', press('?', 's'), false, true],
    ['?', press('?'), false, true],
    ['Space', press(' '), false, true],
    ['Esc', press('Escape'), false, true],
    ['W', press('w', 'c'), false, false],
    ['+', press('+'), false, true],
  ])('%s', (keys, event, apple, expected) => {
    expect(matchesChord(event, parseChord(keys), apple)).toBe(expected);
  });
  it('are shown as the machine writes them', () => {
    expect(shownKeys('Shift+Mod+Z', true)).toBe('⇧⌘Z');
    expect(shownKeys('Shift+Mod+Z', false)).toBe('Ctrl+Shift+Z');
    expect(shownKeys('up', false)).toBe('↑');
  });
});
