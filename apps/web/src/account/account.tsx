import { type JSX, createContext, createMemo, useContext } from 'solid-js';
import { ApiFailure, request } from '../api/request.ts';
import type { Me, User, WorkspaceSummary } from '../api/shapes.ts';
import { createQuery } from '../local/create-query.ts';
import { useQueries } from '../local/queries.ts';

/** Who uses this browser: known from the last visit at once, asked again from the server. */
export type AccountState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'signed-out' }
  /** Nothing is known and the server does not answer. */
  | { readonly kind: 'unreachable' }
  | {
      readonly kind: 'signed-in';
      readonly user: User;
      readonly workspaces: readonly WorkspaceSummary[];
      /** The server said so just now; else it is how it was at the last visit. */
      readonly isConfirmed: boolean;
    };

export interface Account {
  state: () => AccountState;
  /** Asks the server again; resolves when it has answered. */
  refresh: () => Promise<void>;
  /** Stops keeping anything on this device and forgets what is kept; the caller then leaves the page. */
  forget: () => Promise<void>;
}

const AccountContext = createContext<Account>();

const meKey = ['me'] as const;

async function fetchMe(): Promise<Me | null> {
  try {
    return await request<Me>('GET', '/api/v1/me');
  } catch (error) {
    if (error instanceof ApiFailure && error.code === 'not-signed-in') return null;
    throw error;
  }
}

/** Knows who is signed in. */
export function AccountProvider(props: { forget: () => Promise<void>; children: JSX.Element }) {
  const queries = useQueries();
  const me = createQuery<Me | null>(queries, () => ({ queryKey: meKey, queryFn: fetchMe }));
  const state = createMemo<AccountState>(() => {
    const { data, error, isFetching } = me();
    if (data === undefined) return { kind: error !== undefined ? 'unreachable' : 'asking' };
    // Nobody, so far as was known; the answer to that is on its way.
    if (data === null && isFetching) return { kind: 'asking' };
    if (data === null || data.user === null) return { kind: 'signed-out' };
    const isConfirmed = error === undefined && !isFetching;
    return { kind: 'signed-in', user: data.user, workspaces: data.workspaces, isConfirmed };
  });
  const account: Account = {
    state,
    refresh: async () => {
      await queries.refetchQueries({ queryKey: meKey });
    },
    forget: () => props.forget(),
  };
  return <AccountContext.Provider value={account}>{props.children}</AccountContext.Provider>;
}

export function useAccount(): Account {
  const account = useContext(AccountContext);
  if (account === undefined) throw new Error('useAccount needs an AccountProvider above it');
  return account;
}
