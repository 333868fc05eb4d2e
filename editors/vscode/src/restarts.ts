/** Whether a server that ended by itself is started again. */

const MOST = 4;
const WITHIN = 3 * 60 * 1000;

/** Counts how often a server ended, and gives up on one that ends again and again. */
export class Restarts {
  private ends: number[] = [];

  /** The server ended, at a time in milliseconds; whether to start it again. */
  again(now: number): boolean {
    this.ends = [...this.ends.filter((each) => now - each < WITHIN), now];
    return this.ends.length <= MOST;
  }
}
