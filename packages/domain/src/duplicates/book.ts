/** What people of one workspace decided about likenesses; durable when a call returns. The order of two ids does not matter. */
export interface DuplicateBook {
  isDismissed(a: string, b: string): boolean;
  dismiss(pair: { noun: string; a: string; b: string; by: string; at: number }): void;
  takeBack(a: string, b: string): void;
  /** From which score on pairs of a noun are shown; undefined until an admin says. */
  threshold(noun: string): number | undefined;
  setThreshold(noun: string, threshold: number): void;
}
