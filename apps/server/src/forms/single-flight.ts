/** Work that is done once for all who ask for it under one key while it is under way. */
export function makeSingleFlight<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const flying = new Map<string, Promise<T>>();
  return (key, work) => {
    const known = flying.get(key);
    if (known !== undefined) return known;
    const begun = work().finally(() => flying.delete(key));
    flying.set(key, begun);
    return begun;
  };
}
