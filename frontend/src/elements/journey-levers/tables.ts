/** The server's tables, whose figures follow the levers. */

import type { Found } from "../../wasm/comparison";
import { make } from "./make";

export class Tables {
  constructor(
    private readonly room: HTMLElement | null,
    private readonly judged: (row: Found) => string,
    private readonly figure: (value: number) => string,
  ) {}

  hide(): void {
    if (this.room) this.room.hidden = true;
  }

  /** As the server sent them, to be read by themselves. */
  plain(): void {
    if (!this.room) return;
    this.room.hidden = false;
    this.room.querySelector("details")?.setAttribute("open", "");
  }

  show(rows: readonly Found[], scales: Record<string, number>, replications: number): void {
    if (!this.room) return;
    this.fold(this.room);
    this.room.hidden = false;
    const runs = this.room.querySelector<HTMLElement>("[data-runs]");
    if (runs) runs.textContent = (runs.dataset.runs ?? "").replace("{n}", String(replications));
    for (const row of rows) {
      const table = `table[data-group="${CSS.escape(row.group)}"]`;
      const line = this.room.querySelector(`${table} tr[data-metric="${row.metric}"]`);
      if (line) this.line(line, row, scales[row.metric] ?? 1);
    }
  }

  private line(line: Element, row: Found, scale: number): void {
    const [before, after, difference] = line.querySelectorAll("td > span");
    before?.replaceChildren(this.figure(scale * row.before));
    after?.replaceChildren(this.figure(scale * row.after));
    const range = `(${this.figure(scale * row.low)} … ${this.figure(scale * row.high)})`;
    const same = !row.mean && !row.half;
    difference?.replaceChildren(
      make("b", "", this.judged(row)),
      ...(same ? [] : [" ", make("span", "hint", range)]),
    );
  }

  /** Behind a tap, once there is a picture of them. */
  private fold(room: HTMLElement): void {
    const words = room.dataset.summary;
    if (!words || room.querySelector("details.levers-tables")) return;
    const fold = make("details", "details levers-tables", make("summary", "", words));
    const inside = make("div", "stack", ...room.childNodes);
    fold.append(inside);
    room.append(fold);
  }
}
