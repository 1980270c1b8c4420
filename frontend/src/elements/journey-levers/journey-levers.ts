/**
 * The levers of an idea: a guess first, then as it is and the idea side by side, computed on this
 * device by the kernel that the server has. Once loaded it needs no network.
 *
 * The server's tables stand inside and are what there is without scripts; here they follow the
 * levers. GET `data-url` gives {sent, modules, levers, groups, scales}.
 */

import type { Found, Sent, Step } from "../../wasm/comparison";
import type { Modules } from "../../wasm/worker";
import { Control, type Lever } from "./controls";
import { fixed } from "./figures";
import { type Expected, Guess } from "./guess";
import { button, make } from "./make";
import { Moves } from "./moves";
import { Picture } from "./picture";
import { Tables } from "./tables";

interface Answer {
  sent: Sent;
  modules: Modules;
  levers: Lever[];
  groups: { key: string; name: string }[];
  scales: Record<string, number>;
}

type Heard =
  | { did: "opened"; milliseconds: number }
  | { did: "found"; id: number; step: Step }
  | { did: "failed"; id: number; why: string };

/** What is expected, and drawn: who gets it done before who waits. */
const DRAWN = ["completion", "wait"];

/** Half of the last digit that is shown. */
const SHOWN = 0.05;

export class JourneyLevers extends HTMLElement {
  private worker: Worker | null = null;
  private answer: Answer | null = null;
  private moves = new Moves([]);
  private controls: Control[] = [];
  private tables!: Tables;
  private picture: Picture | null = null;
  private expected: (Expected | null)[] = [];
  private step: Step | null = null;
  private asked = 0;
  private asking = 0;
  private seen = false;
  private readonly status = make("p", "hint levers-status");
  private readonly notice = make("p", "notice notice-sun");
  private readonly beside = make("div", "levers-guessed");
  private readonly spoken = make("p", "visually-hidden");
  private readonly undo = button("", "button-quiet", () => this.go(() => this.moves.undo()));
  private readonly redo = button("", "button-quiet", () => this.go(() => this.moves.redo()));
  private readonly halt = button("", "button-quiet", () => this.stop());
  private readonly home = button("", "button-quiet", () =>
    this.go(() => this.moves.to(this.ideas)),
  );

  connectedCallback(): void {
    if (this.dataset.state) return;
    this.tables = new Tables(
      this.querySelector("[data-tables]"),
      (row) => this.judged(row),
      this.figure,
    );
    for (const [each, words] of [
      [this.undo, "Undo"],
      [this.redo, "Redo"],
      [this.halt, "Stop"],
      [this.home, "Home"],
    ] as const)
      each.textContent = this.words(words);
    this.notice.setAttribute("role", "alert");
    this.status.setAttribute("role", "status");
    this.spoken.setAttribute("aria-live", "polite");
    if (typeof WebAssembly === "object" && "Worker" in window && "BigInt64Array" in window)
      void this.load();
    else this.fail("Old");
  }

  disconnectedCallback(): void {
    this.worker?.terminate();
    this.worker = null;
  }

  private words(name: string): string {
    return this.dataset[`words${name}`] ?? "";
  }

  private get language(): string {
    return document.documentElement.lang.slice(0, 2);
  }

  private get ideas(): number[] {
    return this.answer?.sent.ideas ?? [];
  }

  private readonly figure = (value: number): string => fixed(value, 1, this.language);

  private async load(): Promise<void> {
    this.dataset.state = "loading";
    this.tables.hide();
    this.notice.remove();
    this.status.textContent = this.words("Loading");
    this.prepend(this.status);
    try {
      const answer = await fetch(this.dataset.url ?? "");
      if (!answer.ok) throw new Error(String(answer.status));
      this.answer = (await answer.json()) as Answer;
      this.moves = new Moves(this.ideas);
      this.open(this.answer);
    } catch {
      this.fail("Failed");
    }
  }

  private open({ sent, modules }: Answer): void {
    const worker = new Worker(this.dataset.worker ?? "", { type: "module" });
    this.worker = worker;
    worker.onmessage = (event: MessageEvent<Heard>) => this.heard(event.data);
    worker.onerror = () => this.fail("Old");
    worker.postMessage({ do: "open", sent, modules });
  }

  private heard(data: Heard): void {
    if (data.did === "opened") {
      this.dataset.opened = data.milliseconds.toFixed(1);
      this.dataset.state = "ready";
      this.status.textContent = this.words("Ready");
      this.ask();
      this.guess();
    } else if (data.did === "failed") {
      if (data.id === 0) this.fail(data.why === "kernel.missing" ? "Failed" : "Old");
      else if (data.id === this.asked) this.refused(data.why);
    } else if (data.id === this.asked) {
      this.step = data.step;
      if (this.seen) this.show();
    }
  }

  /** The server's tables stay, and the reason in words. */
  private fail(words: "Old" | "Failed"): void {
    this.worker?.terminate();
    this.dataset.state = "failed";
    this.status.remove();
    this.querySelector(".guess")?.remove();
    this.querySelector(".levers-board")?.remove();
    this.notice.replaceChildren(make("span", "", this.words(words)));
    if (words === "Failed")
      this.notice.append(
        button(this.words("Again"), "button button-small", () => void this.load()),
      );
    this.prepend(this.notice);
    this.tables.plain();
  }

  private guess(): void {
    const guess = new Guess(
      {
        title: this.words("Guess"),
        hint: this.words("GuessHint"),
        see: this.words("See"),
        both: this.words("Both"),
        questions: this.questions,
        better: this.words("Better"),
        same: this.words("Same"),
        worse: this.words("Worse"),
      },
      () => {
        this.expected = guess.expected;
        this.seen = true;
        const board = this.board();
        guess.node.replaceWith(board);
        board.querySelector("h2")?.focus();
        this.show();
      },
    );
    this.prepend(guess.node);
    guess.node.after(this.status);
  }

  private get questions(): string[] {
    return [this.words("Completion"), this.words("Wait")];
  }

  private board(): HTMLElement {
    const { levers, groups, scales } = this.answer as Answer;
    const words = {
      back: this.words("Back"),
      further: this.words("Further"),
      idea: this.words("Idea"),
    };
    this.controls = levers.map(
      (lever, n) =>
        new Control(
          lever,
          n,
          words,
          () => this.ask(),
          () => this.settled(),
        ),
    );
    const metrics = DRAWN.map((key, n) => ({
      key,
      label: this.questions[n] ?? "",
      scale: scales[key] ?? 1,
      // Five minutes at least: less is no waiting that anybody would mind.
      most: key === "completion" ? 100 : 5,
      fixed: key === "completion",
    }));
    this.picture = new Picture(groups, metrics, {
      now: this.words("Now"),
      idea: this.words("With"),
      range: this.words("Range"),
      judged: (row) => this.judged(row),
      figure: this.figure,
    });
    const title = make("h2", "", this.words("Title"));
    title.tabIndex = -1;
    const tools = make("div", "row levers-tools", this.undo, this.redo, this.home);
    const hand = make("section", "card levers-hand");
    hand.append(title, make("p", "hint", this.words("Hint")));
    hand.append(...this.controls.map((each) => each.node), tools);
    hand.append(make("div", "row levers-runs", this.status, this.halt));
    const seen = make("section", "levers-seen", this.beside, this.picture.node, this.spoken);
    this.place();
    return make("div", "levers-board", hand, seen);
  }

  /** The controls to where the levers stand. */
  private place(): void {
    const now = this.moves.now;
    for (const [n, control] of this.controls.entries()) control.place = now[n] ?? 0;
    this.undo.disabled = !this.moves.canUndo;
    this.redo.disabled = !this.moves.canRedo;
    this.home.disabled = now.every((at, n) => at === this.ideas[n]);
  }

  private get places(): number[] {
    return this.controls.length ? this.controls.map((each) => each.place) : [...this.moves.now];
  }

  private settled(): void {
    if (this.moves.to(this.places)) this.place();
  }

  private go(step: () => void): void {
    step();
    const focused = document.activeElement;
    this.place();
    this.ask();
    // A button that has just become idle gives the focus on.
    if (focused instanceof HTMLButtonElement && focused.disabled)
      [this.undo, this.redo, this.home].find((each) => !each.disabled)?.focus();
  }

  private ask(): void {
    this.step = null;
    this.asked += 1;
    this.dataset.done = "false";
    this.asking = performance.now();
    delete this.dataset.first;
    this.worker?.postMessage({ do: "run", id: this.asked, places: this.places });
  }

  private stop(): void {
    this.worker?.postMessage({ do: "stop" });
    this.asked += 1; // what is on its way already is not heard
    if (this.step) this.step = { ...this.step, done: true };
    this.show();
    this.querySelector<HTMLElement>("input[type=range]")?.focus();
  }

  private refused(why: string): void {
    this.notice.replaceChildren(
      make("span", "", this.words(why === "journey.full" ? "Full" : "Cannot")),
    );
    this.picture?.node.before(this.notice);
    this.picture?.node.classList.add("pairs-old");
    this.halt.hidden = true;
  }

  private judged(row: Found): string {
    if (!row.mean && !row.half) return this.words("Equal");
    const scale = this.answer?.scales[row.metric] ?? 1;
    // Nobody would notice what is less than the last digit that is shown.
    const most = scale * Math.max(Math.abs(row.low), Math.abs(row.high));
    if (row.better && most < SHOWN) return this.words("Hardly");
    return this.words(row.better > 0 ? "Better" : row.better < 0 ? "Worse" : "Unsure");
  }

  private show(): void {
    const step = this.step;
    if (!step || !this.picture) return;
    this.notice.remove();
    this.picture.node.classList.remove("pairs-old");
    this.picture.show(step.rows);
    this.tables.show(step.rows, this.answer?.scales ?? {}, step.replications);
    this.dataset.replications = String(step.replications);
    this.dataset.done = String(step.done);
    // How long it took, for who measures it: to the first picture, to the last.
    const took = (performance.now() - this.asking).toFixed(1);
    this.dataset.first ??= took;
    this.dataset.took = took;
    if (this.places.every((at, n) => at === this.ideas[n])) this.remember(step.rows);
    const runs = this.words(step.done ? "Runs" : "Running").replace(
      "{n}",
      String(step.replications),
    );
    this.status.textContent = `${runs} ${this.words("Ready")}`;
    this.halt.hidden = step.done;
    if (step.done) this.say(step.rows);
  }

  /** What was expected of the idea beside what comes out; not scored, and gone with the page. */
  private remember(rows: readonly Found[]): void {
    const lines = DRAWN.map((metric, n) => {
      const row = rows.find((each) => each.metric === metric && !each.group);
      const expected = this.expected[n] ?? 0;
      const said = this.words(expected > 0 ? "Better" : expected < 0 ? "Worse" : "Same");
      return make(
        "p",
        "",
        `${this.questions[n]}: `,
        `${this.words("Expected")} `,
        make("b", "", said),
        `; ${this.words("Found")} `,
        make("b", "", row ? this.judged(row) : ""),
        ".",
      );
    });
    this.beside.replaceChildren(...lines);
  }

  private say(rows: readonly Found[]): void {
    const { scales } = this.answer as Answer;
    this.spoken.textContent = DRAWN.map((metric, n) => {
      const row = rows.find((each) => each.metric === metric && !each.group);
      const scale = scales[metric] ?? 1;
      return row
        ? `${this.questions[n]}: ${this.figure(scale * row.before)} → ${this.figure(scale * row.after)}, ${this.judged(row)}.`
        : "";
    }).join(" ");
  }
}
