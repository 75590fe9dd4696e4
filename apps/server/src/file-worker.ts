import '@rapport/domain/imports/file-worker.node';
