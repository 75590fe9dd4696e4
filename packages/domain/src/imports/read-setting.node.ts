import type { ReadSetting } from './file-reading.ts';
import type { ImportOptions } from './options.ts';
import type { ImportSession } from './session.node.ts';

/** How a file is read for an import into this session. */
export const readSetting = (session: ImportSession, options: ImportOptions): ReadSetting => {
  const { mapping, formats, aliases, edits, skip, sheet, encoding, delimiter, hasHeader, currency } = options;
  return {
    fields: session.fields,
    takenKeys: session.takenKeys,
    ...(session.makesNone ? { makesNone: true } : {}),
    currency: session.currency,
    options: { mapping, formats, aliases, edits, skip, sheet, encoding, delimiter, hasHeader, currency },
  };
};
