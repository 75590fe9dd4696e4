import type { DocName } from '../shared/wire.ts';
import type { CommitTarget } from './committer.ts';
import { emptyDocument } from './empty-document.ts';
import { LiveDocument, type LiveDocumentOptions } from './live-document.ts';

/**
 * A document from its first edit until that is durable. Nobody can have it open yet, so it needs no room: an import makes
 * a hundred thousand of them, each for the length of one commit.
 */
export class Newborn implements CommitTarget {
  readonly name: DocName;
  readonly live: LiveDocument;
  /** Resolves when it is decided whether the document is there; whoever asks for it meanwhile waits, and then loads it. */
  readonly settled: Promise<void>;
  private settle: () => void = () => undefined;

  constructor(options: LiveDocumentOptions) {
    this.name = options.name;
    this.live = new LiveDocument(options, emptyDocument);
    this.settled = new Promise((resolve) => (this.settle = resolve));
  }

  committed(): void {
    this.end();
  }

  commitFailed(): void {
    this.end();
  }

  /** It was not created after all, or is on the disk now. */
  end(): void {
    this.live.destroy();
    this.settle();
  }
}
