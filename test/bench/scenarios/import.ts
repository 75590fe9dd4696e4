import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { mavenLikeCsv } from '../maven-like.ts';
import type { Figures, Scenario } from '../scenario.ts';
import { pause, quantile } from '../statistics.ts';
import { isOurs, type OurServer } from '../subjects/ours.ts';

const realFile = fileURLToPath(new URL('../../../../shared/data/maven-crm/sales_pipeline.csv', import.meta.url));
const reportCalls = 20;

interface ImportReply {
  readonly id: string;
  readonly status: string;
  readonly created: number;
}

/** Sends the file and resolves when all of it is written. */
async function importFile(server: OurServer, csv: string): Promise<ImportReply> {
  const form = new FormData();
  form.set('file', new File([csv], 'deals.csv'));
  form.set('options', JSON.stringify({ currency: 'EUR' }));
  const response = await fetch(`${server.url}/api/v1/w/${server.account.workspaceId}/imports`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${server.account.key}` },
  });
  if (!response.ok) throw new Error(`import: ${response.status} ${await response.text()}`);
  const { id } = (await response.json()) as ImportReply;
  for (;;) {
    const now = await server.call<ImportReply>('GET', `/imports/${id}`);
    if (now.status !== 'running') return now;
    await pause(50);
  }
}

async function importRound(server: OurServer, csv: string): Promise<Figures> {
  const cpuBefore = server.process.cpuMs();
  const started = performance.now();
  const done = await importFile(server, csv);
  const seconds = (performance.now() - started) / 1000;
  const cpuSeconds = (server.process.cpuMs() - cpuBefore) / 1000;
  if (done.status !== 'done') throw new Error(`the import ended as ${done.status}`);
  const most = server.process.residentMb();
  await pause(5000);
  const after = server.process.residentMb();
  const { items } = await server.call<{ items: { name: string; params: readonly string[] }[] }>('GET', '/reports');
  let slowest = 0;
  for (const { name } of items) {
    const times: number[] = [];
    for (let i = 0; i < reportCalls; i++) {
      const asked = performance.now();
      await server.call('GET', `/reports/${name}${name === 'value-by' ? '?dimension=company' : ''}`);
      times.push(performance.now() - asked);
    }
    slowest = Math.max(slowest, quantile(times, 0.5));
  }
  return {
    'import s': seconds,
    'import CPU s': cpuSeconds,
    'deals made': done.created,
    'memory at its end MB': most,
    'memory 5 s later MB': after,
    'slowest report over HTTP, p50 ms': slowest,
  };
}

const scenario = (name: string, title: string, csv: (quick: boolean) => string): Scenario => ({
  name,
  title,
  rounds: 3,
  isOursAlone: true,
  targets: { 'import s': 10, 'memory 5 s later MB': 250, 'slowest report over HTTP, p50 ms': 50 },
  prepare: async (ground) => async () => {
    // A fresh workspace each round, so that no round updates what the last one made.
    await ground.restart({ onEmptyStore: true });
    const server = ground.running();
    if (!isOurs(server)) throw new Error('only our server imports');
    return importRound(server, csv(ground.quick));
  },
});

export const imports: readonly Scenario[] = [
  scenario('import', 'A file of 8,800 deals, then every report on it', (quick) => mavenLikeCsv(quick ? 1000 : 8800)),
  ...(existsSync(realFile)
    ? [scenario('import-maven', 'The Maven CRM sample itself', () => readFileSync(realFile, 'utf8'))]
    : []),
];
