import './behind-people.ts';
import '@rapport/sync/server/sqlite/store-worker';
