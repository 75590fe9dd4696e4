import { Icon } from '@rapport/ui/icon';
import { Kbd } from '@rapport/ui/kbd';
import Search from 'lucide-solid/icons/search';
import { useShell } from './shell-state.ts';

export function SearchButton() {
  const shell = useShell();
  return (
    <button
      type="button"
      class="search wide-only search-b"
      aria-label="Find and do"
      onClick={() => shell.openPalette()}
    >
      <Icon of={Search} />
      <span class="grow">Search</span>
      <Kbd keys="Mod+K" />
    </button>
  );
}
