import { must } from './run.mjs';

await must('tsc', ['-b']);
await must('oxlint', ['--deny-warnings']);
await must('oxfmt', ['--check']);
