import type { WorkspaceContext } from '@rapport/domain/http/workspace-context.node';
import { storeFile } from '@rapport/domain/files/store-file.node';
import { err, ok, type Result } from '@rapport/doc/result';
import { lieOf, sniffType } from './sniff.ts';
import type { Upload } from './uploads.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/**
 * Turns an upload whose bytes are all here into a file: proves it, finds its type, puts the content into its place and
 * writes the document. Each step can be done again after a crash. The error is a sentence; then nothing is kept.
 */
export async function finishUpload(
  ws: WorkspaceContext,
  { uploads, contents, forgetUsed, inTurn }: WorkspaceFiles,
  upload: Upload,
  now: number,
): Promise<Result<Upload, string>> {
  let proved = upload;
  if (proved.sha256 === null) {
    const sha256 = await uploads.checksum(upload);
    const type = await sniffType(uploads.partPath(upload.id));
    const lie =
      upload.announced !== null && upload.announced !== sha256
        ? 'What arrived is not what was announced: the checksums differ.'
        : lieOf(upload.name, type);
    if (lie !== null) {
      await uploads.remove(upload.id);
      return err(lie);
    }
    // Before the content moves: after a crash the next try knows what to look for.
    proved = { ...upload, sha256, type };
    await uploads.save(proved);
  }
  const sha256 = proved.sha256 ?? '';
  const type = proved.type ?? '';
  return await inTurn(async () => {
    if ((await contents.size(sha256)) === null) await contents.put(sha256, uploads.partPath(upload.id));
    else await uploads.dropPart(upload.id);
    forgetUsed();
    await storeFile(ws, {
      id: upload.fileId,
      name: upload.name,
      place: upload.place,
      version: { id: upload.versionId, sha256, size: upload.length, type, by: upload.by, at: now },
    });
    const done: Upload = { ...proved, isDone: true };
    await uploads.save(done);
    return ok(done);
  });
}
