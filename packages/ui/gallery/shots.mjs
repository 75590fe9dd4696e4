// Pictures of the gallery for comparing with the design by eye: node packages/ui/gallery/shots.mjs [folder]
import { fileURLToPath } from 'node:url';
import { shootPages } from '../../../scripts/tasks/shoot-pages.mjs';

const desktop = { width: 1440, height: 900 };
const shots = [
  ['components', '?theme=light', { width: 1440, height: 1700 }],
  ['components-dark', '?theme=dark', { width: 1440, height: 1700 }],
  ['components-phone', '?theme=light', { width: 390, height: 2600 }],
  ['board', '?view=board&theme=light', desktop],
  ['board-dark', '?view=board&theme=dark', desktop],
  ['board-phone', '?view=board&theme=light', { width: 390, height: 844 }],
  ['table', '?view=table&theme=light', desktop],
];
await shootPages({
  configFile: fileURLToPath(new URL('./vite.config.ts', import.meta.url)),
  folder: process.argv[2] ?? fileURLToPath(new URL('../../../.cache/gallery-shots', import.meta.url)),
  shots,
});
