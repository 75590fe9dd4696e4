import { sameJson } from '@rapport/doc/json';
import { batch, createSignal, getListener, type Signal } from 'solid-js';

/** Immutable records by id that views follow field by field. */
export interface Cells<R extends object> {
  /** The record as a view sees it: reading a field follows that field alone. Undefined (followed, too) when there is none. */
  get(id: string): R | undefined;
  /** The plain record now; follows nothing. */
  peek(id: string): R | undefined;
  /** All plain records now; follows nothing. */
  readonly all: ReadonlyMap<string, R>;
  /** Follows every change; rises once per `update`. */
  version(): number;
  /** Puts records in place (undefined: gone) and tells whoever follows what differs. */
  update(records: Iterable<readonly [string, R | undefined]>): void;
}

interface Cell<R extends object> {
  record: R | undefined;
  readonly exists: Signal<boolean>;
  readonly fields: Map<string, Signal<unknown>>;
  readonly view: R;
}

function makeCell<R extends object>(record: R | undefined): Cell<R> {
  const fields = new Map<string, Signal<unknown>>();
  const valueNow = (key: string): unknown => (cell.record as Record<string, unknown> | undefined)?.[key];
  const cell: Cell<R> = {
    record,
    exists: createSignal(record !== undefined),
    fields,
    // A signal per field that somebody follows: thousands of cards exist, a few dozen are on screen.
    view: new Proxy({} as R, {
      get(_target, key) {
        if (typeof key !== 'string') return undefined;
        if (!getListener()) return valueNow(key);
        let signal = fields.get(key);
        if (!signal) {
          signal = createSignal(valueNow(key), { equals: sameJson });
          fields.set(key, signal);
        }
        return signal[0]();
      },
      has: (_target, key) => cell.record !== undefined && key in cell.record,
      ownKeys: () => (cell.record ? Reflect.ownKeys(cell.record) : []),
      getOwnPropertyDescriptor: (_target, key) =>
        cell.record && key in cell.record
          ? { configurable: true, enumerable: true, value: valueNow(String(key)) }
          : undefined,
    }),
  };
  return cell;
}

export function createCells<R extends object>(initial: Iterable<readonly [string, R]> = []): Cells<R> {
  const all = new Map<string, R>(initial);
  const cells = new Map<string, Cell<R>>();
  const [version, setVersion] = createSignal(0);
  return {
    all,
    version,
    peek: (id) => all.get(id),
    get(id) {
      let cell = cells.get(id);
      if (!cell) {
        cell = makeCell(all.get(id));
        cells.set(id, cell);
      }
      return cell.exists[0]() ? cell.view : undefined;
    },
    update(records) {
      batch(() => {
        for (const [id, record] of records) {
          if (record) all.set(id, record);
          else all.delete(id);
          const cell = cells.get(id);
          if (!cell) continue;
          cell.record = record;
          cell.exists[1](record !== undefined);
          if (!record) continue;
          for (const [key, [, set]] of cell.fields) set(() => (record as Record<string, unknown>)[key]);
        }
        setVersion((before) => before + 1);
      });
    },
  };
}
