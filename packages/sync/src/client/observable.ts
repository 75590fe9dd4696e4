/** A value that can be read and watched. Each value is an immutable snapshot. */
export interface Observable<T> {
  get: () => T;
  /** Calls back on every later change, not at once. The returned function stops it. */
  subscribe: (listener: (value: T) => void) => () => void;
}

export function makeObservable<T>(initial: T): Observable<T> & { set: (value: T) => void } {
  let current = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    get: () => current,
    set: (value) => {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of listeners) listener(value);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
