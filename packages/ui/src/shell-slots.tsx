import { type JSX, createContext, useContext } from 'solid-js';

/** What the app's shell puts on every page, so that screens need not know the shell. */
export interface ShellSlots {
  /** Save status and search. */
  top: () => JSX.Element;
}

const Slots = createContext<ShellSlots>();

/** The shell wraps its pages in this. */
export function ShellSlotsProvider(props: { slots: ShellSlots; children: JSX.Element }) {
  return <Slots.Provider value={props.slots}>{props.children}</Slots.Provider>;
}

/** The shell's part of a page's header: put it in `header.top`, after the space that grows. Nothing without a shell. */
export function ShellTop() {
  const slots = useContext(Slots);
  return <>{slots?.top()}</>;
}
