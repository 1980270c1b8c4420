/** Where the levers stood, one after the other: undo and redo. */
export class Moves {
  private past: number[][];
  private at = 0;

  constructor(start: readonly number[]) {
    this.past = [[...start]];
  }

  get now(): readonly number[] {
    return this.past[this.at] ?? [];
  }

  get canUndo(): boolean {
    return this.at > 0;
  }

  get canRedo(): boolean {
    return this.at < this.past.length - 1;
  }

  /** The levers stand otherwise; whether they really do. */
  to(places: readonly number[]): boolean {
    if (places.every((at, n) => at === this.now[n])) return false;
    this.past = [...this.past.slice(0, this.at + 1), [...places]];
    this.at += 1;
    return true;
  }

  undo(): void {
    if (this.canUndo) this.at -= 1;
  }

  redo(): void {
    if (this.canRedo) this.at += 1;
  }
}
