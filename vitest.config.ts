import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';

// Projects by what a test needs: `unit` nothing but Node, `system` real sockets, disks and processes,
// `browser` a real Chromium (test/browser/chromium.ts finds or installs it).
const shared = { environment: 'node', testTimeout: 30_000, hookTimeout: 60_000 } as const;

export default defineConfig({
  test: {
    ...shared,
    reporters: ['default', './test/closing-line.ts'],
    projects: [
      {
        extends: true,
        // Here alone: the plugin resolves packages as a browser would, and tests of the server need Node's own.
        plugins: [solid({ ssr: false })],
        test: {
          ...shared,
          name: 'unit',
          include: [
            'packages/**/*.test.ts',
            'apps/**/*.test.ts',
            'test/{architecture,convergence,contracts}/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'system',
          include: ['test/{system,faults}/**/*.test.ts'],
          testTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          // A browser on two shared cores may miss a press; what fails twice is not the machine.
          retry: 1,
          testTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
