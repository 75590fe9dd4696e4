import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome } from './report.ts';
import type { Figures, Ground, Scenario } from './scenario.ts';
import type { RunningSubject, Subject } from './subject.ts';

/**
 * Runs one scenario on all subjects, each on an empty store of its own. All are up at the same time and take turns round
 * by round, so that what else the machine does meets all of them alike.
 */
export async function runScenario(
  scenario: Scenario,
  subjects: readonly Subject[],
  options: { quick: boolean; log: (line: string) => void },
): Promise<Outcome> {
  const rounds = new Map<string, Figures[]>();
  const stages: { ground: Stage; round: () => Promise<Figures> }[] = [];
  try {
    for (const subject of subjects) {
      const ground = new Stage(subject, scenario, options.quick);
      await ground.open();
      stages.push({ ground, round: async () => ({}) });
      const round = await scenario.prepare(ground);
      stages[stages.length - 1] = { ground, round };
      rounds.set(subject.name, []);
    }
    for (let n = 0; n < (options.quick ? 1 : scenario.rounds); n++) {
      // The order turns, so that nobody always runs first.
      for (let i = 0; i < stages.length; i++) {
        const stage = stages[(i + n) % stages.length];
        if (stage === undefined) continue;
        const { name } = stage.ground.subject;
        let figures: Figures;
        try {
          figures = await stage.round();
        } catch (error) {
          // A peer that gives up under a load is a finding; ours giving up is a bug.
          if (subjects[0]?.name === name) throw error;
          options.log(`${scenario.name} ${n + 1} ${name}: failed, ${String(error)}`);
          continue;
        }
        rounds.get(name)?.push(figures);
        const text = Object.entries(figures).map(([label, value]) => `${label} ${value.toFixed(2)}`);
        options.log(`${scenario.name} ${n + 1} ${name}: ${text.join(', ')}`);
      }
    }
  } finally {
    for (const { ground } of stages) await ground.close();
  }
  const yardsticks = new Set(subjects.filter(({ isYardstick }) => isYardstick === true).map(({ name }) => name));
  return { title: scenario.title, rounds, yardsticks, targets: scenario.targets ?? {} };
}

class Stage implements Ground {
  readonly subject: Subject;
  readonly quick: boolean;
  private readonly scenario: Scenario;
  private readonly dataDir = mkdtempSync(join(tmpdir(), 'rapport-bench-'));
  private now: RunningSubject | null = null;

  constructor(subject: Subject, scenario: Scenario, quick: boolean) {
    this.subject = subject;
    this.scenario = scenario;
    this.quick = quick;
  }

  async open(): Promise<void> {
    this.now = await this.subject.start(this.dataDir, this.scenario.settings ?? {});
  }

  running(): RunningSubject {
    if (this.now === null) throw new Error('the server is not up');
    return this.now;
  }

  async restart({ onEmptyStore = false, whileDown }: Parameters<Ground['restart']>[0] = {}): Promise<void> {
    await this.now?.process.stop();
    if (onEmptyStore) {
      rmSync(this.dataDir, { recursive: true, force: true });
      mkdirSync(this.dataDir);
    }
    whileDown?.(this.dataDir);
    await this.open();
  }

  async close(): Promise<void> {
    await this.now?.process.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
