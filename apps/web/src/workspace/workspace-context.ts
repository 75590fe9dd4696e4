import { createContext, useContext } from 'solid-js';
import type { Workspace } from './client.ts';

export const WorkspaceContext = createContext<Workspace>();

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === undefined) throw new Error('useWorkspace needs a workspace above it');
  return workspace;
}
