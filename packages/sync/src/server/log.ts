/** Where the sync server reports what an operator should know. */
export type SyncLog = (
  level: 'info' | 'warn' | 'error',
  message: string,
  detail?: Readonly<Record<string, unknown>>,
) => void;
