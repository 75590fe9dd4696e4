import { type Accessor, createSignal, onCleanup } from 'solid-js';

/** Whether the window is as narrow as a phone; follows turning and resizing. */
export function createIsPhone(): Accessor<boolean> {
  const query = matchMedia('(max-width: 640px)');
  const [isPhone, setPhone] = createSignal(query.matches);
  const read = () => setPhone(query.matches);
  query.addEventListener('change', read);
  onCleanup(() => query.removeEventListener('change', read));
  return isPhone;
}
