import * as Y from 'yjs';
import { keyOf } from './body-index.ts';
import { ruleOf } from './element-rules.ts';
import { bodyRoot, deepestElement } from './schema.ts';

/** What may be changed of a check-list item; null takes it away. */
export interface TaskChange {
  readonly done?: boolean;
  readonly assignee?: string | null;
  readonly due?: string | null;
}

/** Yjs ids in the order in which the read model takes them: see `makeClaims`. */
const comesBefore = (a: Y.XmlElement, b: Y.XmlElement): boolean => {
  const [one, two] = [a._item?.id, b._item?.id];
  if (one === undefined || two === undefined) return false;
  return one.client === two.client ? one.clock < two.clock : one.client < two.client;
};

/** The check-list item with this id (of its row in `note_tasks`); null when there is none. Without recursion. */
export function findTask(doc: Y.Doc, id: string): Y.XmlElement | null {
  let found: Y.XmlElement | null = null;
  const stack: { type: Y.XmlFragment; depth: number }[] = [{ type: doc.getXmlFragment(bodyRoot), depth: 0 }];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    for (let item = at.type._start; item !== null; item = item.right) {
      const type: unknown = !item.deleted && item.content instanceof Y.ContentType ? item.content.type : null;
      if (!(type instanceof Y.XmlElement) || ruleOf(type.nodeName) === undefined) continue;
      if (type.nodeName === 'taskItem') {
        const taskId: unknown = type.getAttribute('taskId');
        const hasId = typeof taskId === 'string' && taskId !== '' ? taskId === id : keyOf(type) === id;
        if (hasId && (found === null || comesBefore(type, found))) found = type;
      }
      if (at.depth < deepestElement) stack.push({ type, depth: at.depth + 1 });
    }
  }
  return found;
}

/** Changes a check-list item where it stands in the text. False: there is no such item. */
export function editTask(doc: Y.Doc, id: string, change: TaskChange): boolean {
  const item = findTask(doc, id);
  if (item === null) return false;
  const set = (name: string, value: string | boolean | null) => {
    if (value === null) item.removeAttribute(name);
    else if ((item.getAttribute(name) as unknown) !== value) item.setAttribute(name, value as string);
  };
  doc.transact(() => {
    // It keeps its id from now on, also when the item is moved.
    if (typeof item.getAttribute('taskId') !== 'string') set('taskId', id);
    if (change.done !== undefined) set('checked', change.done);
    if (change.assignee !== undefined) set('assignee', change.assignee);
    if (change.due !== undefined) set('due', change.due);
  });
  return true;
}
