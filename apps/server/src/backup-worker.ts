import './behind-people.ts';
import { serveBackup } from './operate/serve-backup.ts';
import { nouns } from './registry.ts';

await serveBackup(nouns);
