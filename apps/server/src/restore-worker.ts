import { serveRestore } from './operate/restore/serve-restore.ts';

await serveRestore();
