import type { Subject } from '../subject.ts';
import { findingsOf, type Findings } from './run-faults.ts';

/** Runs the headline faults against each server and answers a Markdown table. The seed repeats a run. */
export async function faultTable(
  subjects: readonly Subject[],
  seed: number,
  only: readonly string[] | undefined,
  log: (line: string) => void,
): Promise<string> {
  const found: Findings[] = [];
  for (const subject of subjects) found.push(await findingsOf(subject, seed, only, log));
  const labels = [...new Set(found.flatMap((findings) => Object.keys(findings)))].sort(
    (a, b) => Number.parseInt(a) - Number.parseInt(b),
  );
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `**Faults** (seed ${String(seed)})`,
    '',
    line(['', ...subjects.map(({ name }) => name)]),
    line(['---', ...subjects.map(() => '---')]),
    ...labels.map((label) => line([label, ...found.map((findings) => findings[label] ?? '–')])),
  ].join('\n');
}
