import type { Figures } from './scenario.ts';
import { median } from './statistics.ts';

/** All rounds of one scenario, by subject name; the first is ours. */
export interface Outcome {
  readonly title: string;
  readonly rounds: ReadonlyMap<string, readonly Figures[]>;
  /** Subjects that are no peers. */
  readonly yardsticks: ReadonlySet<string>;
  /** What a figure may be at most, where something was promised. */
  readonly targets: Readonly<Record<string, number>>;
}

/** A Markdown table of medians, with the better peer's figure as 1 and ours in relation to it. */
export function tableOf({ title, rounds, yardsticks, targets }: Outcome): string {
  const names = [...rounds.keys()];
  const [own = '', ...others] = names;
  const peers = others.filter((name) => !yardsticks.has(name));
  const hasTargets = Object.keys(targets).length > 0;
  const labels = Object.keys(rounds.get(own)?.[0] ?? {});
  const valueOf = (name: string, label: string): number =>
    median((rounds.get(name) ?? []).map((figures) => figures[label] ?? Number.NaN));
  const rows = labels.map((label) => {
    const best = Math.min(...peers.map((name) => valueOf(name, label)));
    const ratio = peers.length === 0 ? [] : [ratioOf(valueOf(own, label), best)];
    const target = targets[label];
    const aim = hasTargets ? [target === undefined ? '' : `≤ ${target}`] : [];
    return [label, ...names.map((name) => shown(valueOf(name, label))), ...ratio, ...aim];
  });
  const head = ['', ...names, ...(peers.length === 0 ? [] : ['ours / better peer']), ...(hasTargets ? ['aim'] : [])];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [`**${title}**`, '', line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}

/** A dash where a peer has no such figure, or where both or one have nothing to divide. */
function ratioOf(value: number, best: number): string {
  return Number.isFinite(value / best) ? `${shown(value / best)} ×` : '–';
}

function shown(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(value >= 10 ? 1 : 2);
}
