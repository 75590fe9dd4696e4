import '../../../apps/web/node_modules/@fontsource-variable/inter/index.css';
import '../src/tokens.css';
import '../src/base.css';
import '../src/components.css';
import './gallery.css';
import { Match, Switch } from 'solid-js';
import { render } from 'solid-js/web';
import { KeysHelp } from '../src/keys.tsx';
import { applyTheme } from '../src/theme.tsx';
import { Toasts } from '../src/toasts.tsx';
import { BoardDemo } from './board-demo.tsx';
import { ComponentSheet } from './component-sheet.tsx';
import { TableDemo } from './table-demo.tsx';

const query = new URLSearchParams(location.search);
applyTheme();
const theme = query.get('theme');
if (theme !== null) document.documentElement.dataset.theme = theme;

const root = document.getElementById('root');
if (root !== null)
  render(
    () => (
      <>
        <Switch fallback={<ComponentSheet />}>
          <Match when={query.get('view') === 'board'}>
            <BoardDemo count={Number(query.get('count') ?? 64)} />
          </Match>
          <Match when={query.get('view') === 'table'}>
            <TableDemo count={Number(query.get('count') ?? 100_000)} />
          </Match>
        </Switch>
        <Toasts />
        <KeysHelp />
      </>
    ),
    root,
  );
