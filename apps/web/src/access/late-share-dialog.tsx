import { type ComponentProps, Suspense, lazy } from 'solid-js';
import type { ShareDialog } from './share-dialog.tsx';

const Dialog = lazy(async () => ({ default: (await import('./share-dialog.tsx')).ShareDialog }));

/** {@link ShareDialog}, whose code comes when it opens for the first time. */
export const LateShareDialog = (props: ComponentProps<typeof ShareDialog>) => (
  <Suspense>
    <Dialog {...props} />
  </Suspense>
);
