import { must } from './run.mjs';

await must(process.execPath, ['test/browser/screenshots.ts']);
