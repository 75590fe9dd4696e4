/** What clients are told so that they refetch what is on screen. `seq`: the read model is at least this far. */
export type LiveMessage =
  | {
      readonly type: 'changed';
      readonly tables: readonly string[];
      readonly docs: readonly string[];
      readonly seq: number;
    }
  | { readonly type: 'members' };
