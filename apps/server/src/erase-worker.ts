import { serveErasure } from './operate/erase/serve-erasure.ts';
import { nouns } from './registry.ts';

await serveErasure(nouns);
