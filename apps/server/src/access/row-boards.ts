/**
 * Which board each row of the read model belongs to, as SQL on the row. Whoever may not open that board is shown the
 * tables without its rows, in every query; a table that is not listed here is shown to them empty, so that a new noun
 * is closed until it says what its rows belong to. Data only: the read thread has it, too.
 */
export const rowBoards: Readonly<Record<string, string>> = {
  boards: 'id',
  stages: 'board_id',
  deals: 'board_id',
  stage_entries: 'board_id',
  deal_touches: '(SELECT d.board_id FROM main.deals d WHERE d.id = deal_id)',
  activity: 'board_id',
  imports: 'board_id',
  stray_edits: `substr(doc, 7, instr(doc || '~', '~') - 7)`,
  data_quality: `CASE WHEN doc LIKE 'board/%' THEN substr(doc, 7, instr(doc || '~', '~') - 7) ELSE '' END`,
};
