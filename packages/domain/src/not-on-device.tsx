import { EmptyState } from '@rapport/ui/empty-state';
import { PlainTop } from './plain-top.tsx';

/** The page of what cannot be opened without a connection; `noun` is what it is called, e.g. `note`. */
export function NotOnDevice(props: { noun: string }) {
  return (
    <>
      <PlainTop />
      <div class="page" role="status">
        <EmptyState title={`This ${props.noun} is not on this device`}>
          You are offline, and it was not opened here before. It opens by itself when you are connected again.
        </EmptyState>
      </div>
    </>
  );
}
