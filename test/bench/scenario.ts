import type { RunningSubject, Subject, SubjectSettings } from './subject.ts';

/** One round's figures by label, e.g. `p50 ms`. Lower is better in all of them. */
export type Figures = Readonly<Record<string, number>>;

export interface Scenario {
  readonly name: string;
  /** For the report: what is done. */
  readonly title: string;
  readonly settings?: SubjectSettings;
  readonly rounds: number;
  /** Beside the peers, what a commit before each broadcast costs a server that does nothing else. */
  readonly withYardstick?: boolean;
  /** It asks for what only our server has. */
  readonly isOursAlone?: boolean;
  /** What each figure may be at most, by label. */
  readonly targets?: Readonly<Record<string, number>>;
  /** Called once for each subject, on a server with an empty store; answers one round of measuring. */
  prepare(ground: Ground): Promise<() => Promise<Figures>>;
}

/** Where a scenario works: a server that it may restart on the same data. */
export interface Ground {
  readonly subject: Subject;
  readonly quick: boolean;
  running(): RunningSubject;
  restart(options?: { onEmptyStore?: boolean; whileDown?: (dataDir: string) => void }): Promise<void>;
}
