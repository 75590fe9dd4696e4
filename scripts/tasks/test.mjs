import { must } from './run.mjs';

await must(process.execPath, ['scripts/tasks/check.mjs']);
await must('vitest', ['run', ...process.argv.slice(2)]);
