import './behind-people.ts';
import { serveThinning } from './operate/thin/serve-thinning.ts';
import { nouns } from './registry.ts';

await serveThinning(nouns);
