import '@rapport/sync/server/sqlite/store-worker';
