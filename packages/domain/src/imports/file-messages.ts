import type { DescribeWith, DescribedFile, FileAbout, FilePage, ReadSetting } from './file-reading.ts';

/** What a file thread is asked; `id` numbers the questions of one thread. */
export type FileRequest = { readonly id: number } & (
  | { readonly ask: 'open'; readonly bytes: Uint8Array; readonly setting: ReadSetting }
  | { readonly ask: 'page'; readonly nth: number }
  | { readonly ask: 'describe'; readonly with: DescribeWith }
);

export type FileAnswer =
  | { readonly ok: true; readonly value: FileAbout }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } }
  | FilePage
  | DescribedFile
  | null;

export type FileReply =
  | { readonly id: number; readonly answer: FileAnswer }
  | { readonly id: number; readonly thrown: { readonly message: string; readonly stack: string } };
