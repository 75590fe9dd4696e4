import { ShellTop } from '@rapport/ui/shell-slots';

/** The head of a page that has nothing of its own to put there yet: only what the shell brings. */
export const PlainTop = () => (
  <header class="top">
    <span class="grow" />
    <ShellTop />
  </header>
);
