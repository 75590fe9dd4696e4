import type { WorkspaceClient } from '@rapport/domain/client';
import { uploadsOf } from '@rapport/domain/files/create-uploads.web';

/** What was being uploaded when the app was closed goes on, whichever page is opened. */
export const goOnUploading = (workspace: WorkspaceClient): void => void uploadsOf(workspace);
