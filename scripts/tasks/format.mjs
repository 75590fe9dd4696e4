import { must } from './run.mjs';

await must('oxlint', ['--fix']);
await must('oxfmt', []);
