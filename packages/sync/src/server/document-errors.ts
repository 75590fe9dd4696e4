/** Thrown to callers of a document that was never created. */
export class NoSuchDocument extends Error {
  override readonly name = 'NoSuchDocument';
}

/** Thrown to who would edit a document that could not be read whole: nothing may build on a part of it. */
export class DamagedDocument extends Error {
  override readonly name = 'DamagedDocument';
}

/** What people read who open a damaged document. */
export const damagedSentence =
  'A part of this could not be read from the server’s disk, so for now it can only be looked at. An administrator has to restore it.';
