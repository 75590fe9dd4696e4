import { fileURLToPath } from 'node:url';

/** Where scripts/tasks/bench.mjs installs the peers from test/bench/peers. */
export const peersFolder = fileURLToPath(new URL('../../../.cache/bench/peers/', import.meta.url));
