// Sentences for people, where the server gives none.
export const readOnlyReason = 'You may only read this.';
export const erasedReason = 'Text of this document was erased for good; this device takes a fresh copy.';
export const restoredReason = 'The server was restored from a backup and does not have this any more.';
