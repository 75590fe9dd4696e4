import './behind-people.ts';
import '@rapport/domain/imports/file-worker.node';
