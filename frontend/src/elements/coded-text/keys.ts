/** Keys of the text. Letters can be switched off, for those who speak to their computer. */
export interface Acts {
  move(direction: 1 | -1, extend: boolean): void;
  moveEnd(direction: 1 | -1): boolean;
  take(): void;
  clear(): boolean;
  undo(): void;
  step(direction: 1 | -1): void;
  newCode(): void;
  which(): void;
  recent(place: number): void;
  uncodeHere(): void;
}

export class Keys {
  letters = true;
  /** `r` was pressed: a digit comes next. */
  private waiting = false;

  constructor(
    private readonly body: HTMLElement,
    private readonly acts: Acts,
    private readonly canMark: boolean,
  ) {}

  /** To be called for every keydown within the element. */
  press(event: KeyboardEvent): void {
    if (event.isComposing || event.defaultPrevented) return;
    const target = event.target as Element;
    const typing = target.matches("input:not([type=checkbox]), textarea, select");
    const done =
      event.key === "Escape" ? this.acts.clear() : !typing && this.act(event, target === this.body);
    if (done) event.preventDefault();
  }

  private act(event: KeyboardEvent, inText: boolean): boolean {
    if (event.ctrlKey || event.metaKey) {
      const undo = this.canMark && event.key.toLowerCase() === "z" && !event.shiftKey;
      if (undo) this.acts.undo();
      return undo;
    }
    if (event.altKey) return false;
    return (inText && this.inText(event)) || (this.letters && this.letter(event));
  }

  private inText({ key, shiftKey }: KeyboardEvent): boolean {
    const extend = shiftKey && this.canMark;
    if (key === "ArrowDown" || key === "ArrowUp") {
      this.acts.move(key === "ArrowDown" ? 1 : -1, extend);
    } else if (extend && (key === "ArrowLeft" || key === "ArrowRight")) {
      return this.acts.moveEnd(key === "ArrowRight" ? 1 : -1);
    } else if (this.canMark && (key === "Enter" || key === " ") && !shiftKey) {
      this.acts.take();
    } else return false;
    return true;
  }

  private letter({ key, shiftKey }: KeyboardEvent): boolean {
    const waiting = this.waiting;
    this.waiting = false;
    if (key === "[" || key === "]") this.acts.step(key === "]" ? 1 : -1);
    else if (!this.canMark || shiftKey) return false;
    else if (key === "n") this.acts.newCode();
    else if (key === "u") this.acts.uncodeHere();
    else if (key === "r") {
      this.waiting = true;
      this.acts.which();
    } else if (waiting && /^[1-9]$/.test(key)) this.acts.recent(Number(key) - 1);
    else return false;
    return true;
  }
}
