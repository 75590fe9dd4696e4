import { setPriority } from 'node:os';

/** How much a thread gives way; the highest is 19. */
const niceness = 10;

/**
 * For threads whose work can wait: people's edits, on the main thread, get the processor first. On Linux alone a priority is
 * that of a thread; elsewhere it would be that of the whole server.
 */
if (process.platform === 'linux') setPriority(niceness);
