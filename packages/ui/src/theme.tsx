import { createSignal } from 'solid-js';

export type Theme = 'light' | 'dark' | 'system';
export type Density = 'compact' | 'comfortable';

const read = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    // Storage is forbidden in some private windows; the choice then lasts for this page.
    return null;
  }
};
const write = (key: string, value: string) => {
  try {
    localStorage.setItem(key, value);
  } catch {
    // As above: nothing to tell anyone.
  }
};

const storedTheme = read('rapport.theme');
const storedDensity = read('rapport.density');
const [theme, chooseTheme] = createSignal<Theme>(
  storedTheme === 'light' || storedTheme === 'dark' ? storedTheme : 'system',
);
const [density, chooseDensity] = createSignal<Density>(storedDensity === 'comfortable' ? 'comfortable' : 'compact');

/** Puts the stored choice on the page's root. Call it before the first paint. */
export function applyTheme(root: HTMLElement = document.documentElement): void {
  if (theme() === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme();
  root.dataset.density = density();
}

/** Chooses light, dark or the system's; kept on this device. */
export function setTheme(value: Theme): void {
  chooseTheme(value);
  write('rapport.theme', value);
  applyTheme();
}

/** Chooses how tight rows and controls are; kept on this device. */
export function setDensity(value: Density): void {
  chooseDensity(value);
  write('rapport.density', value);
  applyTheme();
}

export { density, theme };
