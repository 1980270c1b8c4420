/** The levers themselves: a slider and two buttons each, what it is set to in words. */

import { button, icon, make } from "./make";

export interface Lever {
  label: string;
  /** What each position says, from as it is on. */
  positions: string[];
  idea: number;
}

interface Words {
  back: string;
  further: string;
  idea: string;
}

export class Control {
  readonly node = make("div", "lever");
  private readonly range = document.createElement("input");
  private readonly value = make("p", "lever-value");
  private readonly fewer: HTMLButtonElement;
  private readonly more: HTMLButtonElement;

  /** `moved` hears every move; `settled` when the hand is taken off. */
  constructor(
    private readonly lever: Lever,
    number: number,
    private readonly words: Words,
    private readonly moved: () => void,
    private readonly settled: () => void,
  ) {
    const { label, positions } = lever;
    const range = this.range;
    range.type = "range";
    range.min = "0";
    range.max = String(positions.length - 1);
    range.step = "1";
    range.id = `lever-${number}`;
    range.addEventListener("input", () => this.changed());
    range.addEventListener("change", this.settled);
    const name = make("label", "label", label);
    name.htmlFor = range.id;
    this.fewer = this.step("M5 12h14", words.back, -1);
    this.more = this.step("M5 12h14M12 5v14", words.further, 1);
    this.node.append(
      make("div", "lever-said", name, this.value),
      make(
        "div",
        "lever-row",
        this.fewer,
        make("div", "lever-slide", range, marks(lever)),
        this.more,
      ),
    );
  }

  get place(): number {
    return Number(this.range.value);
  }

  set place(at: number) {
    this.range.value = String(at);
    this.show();
  }

  private step(d: string, words: string, by: number): HTMLButtonElement {
    const made = button("", "lever-step", () => {
      const at = this.place + by;
      if (at < 0 || at >= this.lever.positions.length) return;
      this.place = at;
      this.moved();
      this.settled();
    });
    made.setAttribute("aria-label", words.replace("{lever}", this.lever.label));
    made.append(icon(d));
    return made;
  }

  private changed(): void {
    this.show();
    this.moved();
  }

  private show(): void {
    const { positions, idea } = this.lever;
    const said = positions[this.place] ?? "";
    const own = this.place === idea;
    this.value.replaceChildren(
      said,
      ...(own ? [make("span", "tag tag-leaf", this.words.idea)] : []),
    );
    this.range.setAttribute("aria-valuetext", own ? `${said}, ${this.words.idea}` : said);
    // Not disabled: the focus would fall off the button that has just been pressed.
    this.fewer.setAttribute("aria-disabled", String(this.place === 0));
    this.more.setAttribute("aria-disabled", String(this.place === positions.length - 1));
  }
}

/** A ring where it is as it is, a full dot at the idea, as in the picture. */
function marks({ positions, idea }: Lever): HTMLElement {
  const row = make("div", "lever-marks");
  row.setAttribute("aria-hidden", "true");
  row.append(
    ...positions.map((_, n) =>
      make("span", n === 0 ? "mark-now" : n === idea ? "mark-idea" : "mark-between"),
    ),
  );
  return row;
}
