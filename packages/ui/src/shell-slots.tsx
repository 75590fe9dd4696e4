import { type JSX, createContext, useContext } from 'solid-js';

/** What the app's shell puts on every page, so that screens need not know the shell. */
export interface ShellSlots {
  save: () => JSX.Element;
  search: () => JSX.Element;
}

/** The shell provides it around its pages. */
export const ShellSlotsContext = createContext<ShellSlots>();

/** The shell's part of a page's header: put it in `header.top`, after the space that grows. Nothing without a shell. */
export function ShellTop() {
  return (
    <>
      <ShellSave />
      <ShellSearch />
    </>
  );
}

/** Save status alone, where something of the page stands between it and the search. */
export function ShellSave() {
  const slots = useContext(ShellSlotsContext);
  return <>{slots?.save()}</>;
}

export function ShellSearch() {
  const slots = useContext(ShellSlotsContext);
  return <>{slots?.search()}</>;
}
