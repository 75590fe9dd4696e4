/**
 * Where a spreadsheet would run text of a CSV file as a formula: behind the beginning of a cell, and behind what another
 * spreadsheet takes for one, as it goes by semicolons, tabs or bars (then quotes within a line are none, and a line break
 * in a text ends the row). The letters are those of OWASP, "CSV Injection"; the wide ones are taken for theirs where
 * Japanese is written.
 */
const behind = String.raw`(?<=^|[\r\n;\t|]"*)`;
const letters = String.raw`(?='*[=+\-@\t\r\n＝＋－＠])`;
const open = new RegExp(behind + letters, 'gu');
const guarded = new RegExp(`${behind}'${letters}`, 'gu');

/** Text as spreadsheets show it and do not run it: with an apostrophe where it would be run. */
export const guardFormula = (text: string): string => text.replaceAll(open, "'");

/** The text that was guarded. Whatever {@link guardFormula} answers comes back as it was. */
export const unguardFormula = (text: string): string => text.replaceAll(guarded, '');
