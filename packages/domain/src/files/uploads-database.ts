/** The browser's database of uploads that are not finished: it is deleted with everything else at sign-out. */
export const uploadsDatabase = 'rapport-uploads';
/** Says to the next page, without opening a database, that something waits. */
export const uploadsFlag = 'rapport.uploads';
