import '@rapport/ui/tokens.css';
import '@rapport/ui/base.css';
import '@rapport/ui/components.css';
import './fonts.css';
import './shell.css';
import './entrance.css';
import './settings.css';
import { applyTheme } from '@rapport/ui/theme';
import { render } from 'solid-js/web';
import { onSignedOutElsewhere } from './account/other-tabs.ts';
import { App } from './app.tsx';
import { openQueries } from './local/kept-queries.ts';
import { QueriesContext } from './local/queries.ts';
import { registerWorker } from './local/register-worker.ts';
import { forgetHistories } from './workspace/kept-history.ts';

applyTheme();
const { queries, stopKeeping: stopKeepingLists } = await openQueries();
const stopKeeping = () => {
  stopKeepingLists();
  forgetHistories();
};
onSignedOutElsewhere(() => {
  stopKeeping();
  location.assign('/sign-in');
});
const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no #app');
render(
  () => (
    <QueriesContext.Provider value={queries}>
      <App stopKeeping={stopKeeping} />
    </QueriesContext.Provider>
  ),
  root,
);
registerWorker();
