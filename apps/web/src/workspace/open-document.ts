import type { OpenDocument, PersonHere, Presence } from '@rapport/domain/client';
import type { Session } from '@rapport/sync/client/session';
import { ApiFailure } from '../api/request.ts';

interface Announced extends Presence {
  readonly user?: { readonly id: string; readonly name: string; readonly colour: number };
}

/** A document of the session, as screens use it. `onRelease` is called once. */
export function openDocument(session: Session, name: string, onRelease?: () => void): OpenDocument {
  const { document, release } = session.open(name);
  const stops: (() => void)[] = [];
  let isReleased = false;

  const refusal = (): string | null => {
    const { closed } = document.status.get();
    return closed !== null && (closed.code === 4403 || closed.code === 4404) ? closed.reason : null;
  };
  const hasContent = () => document.doc().store.clients.size > 0;
  const isAway = (): boolean => {
    const { hasSynced, isLoaded, closed, connection } = document.status.get();
    return isLoaded && !hasSynced && closed === null && connection === 'offline' && !hasContent();
  };
  // Refused the last time: asked again now, and what this page still holds of it is not shown meanwhile.
  const wasRefused = refusal() !== null;
  if (wasRefused) document.reconnect();

  const ready = new Promise<void>((resolve, reject) => {
    const look = () => {
      const { hasSynced, isLoaded, closed, connection } = document.status.get();
      if (wasRefused && connection !== 'online' && !closed) return;
      if (refusal() === null && (hasSynced || (isLoaded && hasContent()))) resolve();
      else if (closed) reject(new ApiFailure(closed.code === 4404 ? 'not-found' : 'forbidden', 0, closed.reason));
    };
    stops.push(document.status.subscribe(look));
    void document.loaded.then(look, look);
  });
  // Who only looks at people does not wait for the document.
  ready.catch(() => undefined);

  let pending: ReadonlySet<string> = new Set();
  let pendingOf: unknown;
  const pendingRecords = () => {
    const changes = document.status.get().pending;
    if (changes === pendingOf) return pending;
    pendingOf = changes;
    pending = new Set(
      changes.flatMap(({ touched }) =>
        touched.flatMap(({ path, keys }) => (path[1] === undefined ? (keys ?? []) : [path[1]])),
      ),
    );
    return pending;
  };

  return {
    get doc() {
      return document.doc();
    },
    ready,
    access: () => document.status.get().access,
    onAccess(listener) {
      let before = document.status.get().access;
      const stop = document.status.subscribe(({ access }) => {
        if (access === before) return;
        before = access;
        listener();
      });
      stops.push(stop);
      return stop;
    },
    refusal,
    onRefusal(listener) {
      let before = refusal();
      const stop = document.status.subscribe(() => {
        const now = refusal();
        if (now === before) return;
        before = now;
        listener();
      });
      stops.push(stop);
      return stop;
    },
    isAway,
    onAway(listener) {
      let before = isAway();
      const stop = document.status.subscribe(() => {
        const now = isAway();
        if (now === before) return;
        before = now;
        listener();
      });
      stops.push(stop);
      return stop;
    },
    onReplaced(listener) {
      const stop = document.onReset((doc) => listener(doc));
      stops.push(stop);
      return stop;
    },
    people() {
      const awareness = document.awareness();
      const people: PersonHere[] = [];
      for (const [clientId, state] of awareness.getStates()) {
        const { user, ...presence } = state as Announced;
        if (clientId !== awareness.clientID && user !== undefined) people.push({ clientId, member: user, presence });
      }
      return people;
    },
    onPeople(listener) {
      let awareness = document.awareness();
      awareness.on('change', listener);
      const stopReset = document.onReset(() => {
        awareness = document.awareness();
        awareness.on('change', listener);
        listener();
      });
      const stop = () => {
        awareness.off('change', listener);
        stopReset();
      };
      stops.push(stop);
      return stop;
    },
    awareness: () => document.awareness(),
    setPresence: (presence) => document.awareness().setLocalState({ ...presence }),
    pendingRecords,
    onPending(listener) {
      let before = document.status.get().pending;
      const stop = document.status.subscribe(({ pending }) => {
        if (pending === before) return;
        before = pending;
        listener();
      });
      stops.push(stop);
      return stop;
    },
    release() {
      if (isReleased) return;
      isReleased = true;
      onRelease?.();
      for (const stop of stops.splice(0)) stop();
      release();
    },
  };
}
