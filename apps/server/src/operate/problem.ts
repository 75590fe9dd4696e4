/** Something that the administrator can put right: told as one line, without a stack. Nothing was changed. */
export class OperateProblem extends Error {
  override readonly name = 'OperateProblem';
}
