import { type Accessor, createSignal } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { keptUploads, type KeptUpload } from './kept-uploads.web.ts';
import { pauseUntilOnline } from './pause-until-online.web.ts';
import { sendUpload, UploadRefused } from './send-upload.web.ts';

export interface UploadLine {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly sent: number;
  /** `offline`: waits for the network. `lost`: goes on when the person chooses the file again. */
  readonly state: 'queued' | 'sending' | 'offline' | 'done' | 'refused' | 'lost';
  /** What the server said that it waits for; null: the network. */
  readonly waitsFor: string | null;
  /** Why it was refused, for the person. */
  readonly problem: string | null;
  /** When done. */
  readonly fileId: string | null;
}

export interface UploadTarget {
  /** `folder/<id>`, `note/<id>`, `deal/<id>` …; null: the library itself. */
  readonly place: string | null;
  /** The file that gets a new version. */
  readonly fileId?: string;
}

/** What this person is uploading to one workspace. It goes on while the app is open, whichever page is shown. */
export interface Uploads {
  readonly lines: Accessor<readonly UploadLine[]>;
  /** Sends a file; resolves with its id, rejects with the reason. The list shows it meanwhile. */
  send(file: File, to: UploadTarget): Promise<string>;
  /** Sends several; what is refused is told in the list. */
  add(files: readonly File[], to: UploadTarget): void;
  retry(id: string): void;
  /** Gives one up; what the server has of it is deleted. */
  cancel(id: string): void;
  /** Takes what is done or refused off the list. */
  clear(): void;
}

interface Job {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly lastModified: number;
  readonly place: string | null;
  readonly fileId: string | null;
  content: Blob | null;
  url: string | null;
  controller: AbortController;
  settle: PromiseWithResolvers<string>;
}

/** What arrived stands in the list as long as it takes to see it. */
const doneShownMs = 8000;

const open = new WeakMap<WorkspaceClient, Uploads>();

/** The uploads of a workspace, made when first asked for. What an earlier page left unfinished goes on. */
export function uploadsOf(workspace: WorkspaceClient): Uploads {
  const known = open.get(workspace);
  if (known !== undefined) return known;
  const made = makeUploads(workspace);
  open.set(workspace, made);
  return made;
}

function makeUploads(workspace: WorkspaceClient): Uploads {
  const [lines, setLines] = createSignal<readonly UploadLine[]>([]);
  const jobs = new Map<string, Job>();
  const queue: Job[] = [];
  let isRunning = false;
  const change = (id: string, part: Partial<UploadLine>) =>
    setLines((all) => all.map((line) => (line.id === id ? { ...line, ...part } : line)));
  const keep = (job: Job): void => {
    const { id, name, size, lastModified, place, fileId, url, content } = job;
    const { workspaceId, me } = workspace;
    const kept: KeptUpload = {
      id,
      workspaceId,
      memberId: me.id,
      name,
      size,
      lastModified,
      place,
      fileId,
      url,
      content,
    };
    // A device that keeps nothing still sends; only a reload would end it.
    keptUploads.put(kept).catch(() => undefined);
  };
  const forget = (id: string) => void keptUploads.remove(id).catch(() => undefined);

  const run = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) await one(job);
    isRunning = false;
  };
  const one = async (job: Job): Promise<void> => {
    if (job.content === null || job.controller.signal.aborted) return;
    change(job.id, { state: 'sending', problem: null });
    try {
      const fileId = await sendUpload({
        base: `/api/v1/w/${workspace.workspaceId}`,
        file: job.content,
        name: job.name,
        place: job.place,
        fileId: job.fileId,
        url: job.url,
        signal: job.controller.signal,
        pause: pauseUntilOnline,
        onUrl: (url) => {
          job.url = url;
          keep(job);
        },
        onSent: (sent) => change(job.id, { sent }),
        onWaiting: (isWaiting, waitsFor) => change(job.id, { state: isWaiting ? 'offline' : 'sending', waitsFor }),
      });
      forget(job.id);
      change(job.id, { state: 'done', sent: job.size, fileId });
      workspace.announce(`Uploaded ${job.name}`);
      job.settle.resolve(fileId);
      setTimeout(() => setLines((all) => all.filter(({ id }) => id !== job.id)), doneShownMs);
    } catch (error) {
      if (job.controller.signal.aborted) return;
      forget(job.id);
      const problem = error instanceof UploadRefused ? error.message : 'Something in the app went wrong.';
      change(job.id, { state: 'refused', problem });
      workspace.announce(problem);
      job.settle.reject(error);
      if (!(error instanceof UploadRefused)) throw error;
    }
  };
  const start = (job: Job, line: Partial<UploadLine> = {}) => {
    jobs.set(job.id, job);
    setLines((all) => [
      ...all.filter(({ id }) => id !== job.id),
      {
        id: job.id,
        name: job.name,
        size: job.size,
        sent: 0,
        state: 'queued',
        waitsFor: null,
        problem: null,
        fileId: null,
        ...line,
      },
    ]);
    if (job.content === null) return;
    queue.push(job);
    void run();
  };
  const settle = (): PromiseWithResolvers<string> => {
    const made = Promise.withResolvers<string>();
    // Whoever does not wait reads the list.
    made.promise.catch(() => undefined);
    return made;
  };
  /** An upload that was cut off by a reload and could not be kept whole, when its file is chosen again. */
  const waitingFor = (file: File): Job | undefined =>
    [...jobs.values()].find(
      (job) =>
        job.content === null &&
        job.name === file.name &&
        job.size === file.size &&
        job.lastModified === file.lastModified,
    );
  const send: Uploads['send'] = (file, to) => {
    const lost = waitingFor(file);
    if (lost !== undefined) {
      lost.content = file;
      start(lost);
      return lost.settle.promise;
    }
    const job: Job = {
      id: workspace.newId(),
      name: file.name,
      size: file.size,
      lastModified: file.lastModified,
      place: to.place,
      fileId: to.fileId ?? null,
      content: file,
      url: null,
      controller: new AbortController(),
      settle: settle(),
    };
    start(job);
    return job.settle.promise;
  };

  const goOn = async (): Promise<void> => {
    for (const kept of await keptUploads.all()) {
      if (kept.workspaceId !== workspace.workspaceId || kept.memberId !== workspace.me.id || jobs.has(kept.id))
        continue;
      const { id, name, size, lastModified, place, fileId, url, content } = kept;
      const job = { id, name, size, lastModified, place, fileId, url, content };
      start(
        { ...job, controller: new AbortController(), settle: settle() },
        content === null ? { state: 'lost', problem: 'Choose the same file again and it goes on.' } : {},
      );
    }
  };
  goOn().catch(() => undefined);

  return {
    lines,
    send,
    add: (files, to) => files.forEach((file) => void send(file, to).catch(() => undefined)),
    retry(id) {
      const job = jobs.get(id);
      if (job === undefined) return;
      job.controller = new AbortController();
      // From where it was, if the server still knows it.
      keep(job);
      start(job);
    },
    cancel(id) {
      const job = jobs.get(id);
      job?.controller.abort();
      if (job?.url != null)
        fetch(job.url, { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } }).catch(() => undefined);
      job?.settle.reject(new UploadRefused('It was given up.'));
      jobs.delete(id);
      forget(id);
      setLines((all) => all.filter((line) => line.id !== id));
    },
    clear: () => setLines((all) => all.filter(({ state }) => state !== 'done' && state !== 'refused')),
  };
}
