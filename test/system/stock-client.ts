import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

/** The stock y-websocket provider, unmodified, signed in with an API key. */
export interface StockClient {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  /** The card's map; throws when it is not there. */
  card(id: string): Y.Map<unknown>;
  close(): void;
}

export async function stockClient(
  url: string,
  workspaceId: string,
  docName: string,
  token: string,
): Promise<StockClient> {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/sync/${workspaceId}`, docName, doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    params: { token },
    maxBackoffTime: 200,
  });
  await until(() => provider.synced);
  return {
    doc,
    provider,
    card(id) {
      const map = doc.getMap<Y.Map<unknown>>('cards').get(id);
      if (!(map instanceof Y.Map)) throw new Error(`no card ${id}`);
      return map;
    },
    close() {
      provider.destroy();
      provider.awareness.destroy();
    },
  };
}

/** Resolves when it is so; the test's own time limit ends the waiting. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}
