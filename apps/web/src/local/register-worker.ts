import { showToast } from '@rapport/ui/toasts';

/** Lets the app open without a network, and says once when a newer version is here. Not in development. */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const isUpdate = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (!isUpdate) return;
    showToast({
      text: 'Updated. Reload when it suits.',
      sticky: true,
      action: { label: 'Reload', run: () => location.reload() },
    });
  });
  // Only on https and localhost; elsewhere the app simply needs its connection.
  navigator.serviceWorker.register('/sw.js').catch(() => undefined);
}
