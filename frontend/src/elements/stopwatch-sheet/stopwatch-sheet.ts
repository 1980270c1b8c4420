/**
 * A stopwatch sheet: one tap when somebody comes, one when they are called, one when they are done
 * or leave. Every tap is written down on the device at once and sent when there is a network;
 * sending the same row again changes it, so that repeats harm nobody.
 *
 * POST to `data-rows-url`, form-encoded: csv (rows), remove (clients, comma-separated), the token.
 * 200 {"kept": true}; anything else, or no answer: it stays here and is sent later.
 */

import { forget, remember, remembered } from "../../shared/memory";
import { waitBefore } from "../../shared/retry";
import { clock, csv, type Moment, now, type Row } from "./rows";

interface Kept {
  device: string;
  next: number;
  desks: number;
  rows: Row[];
  unsent: string[];
  removed: string[];
  taps: { ticket: string; moment: Moment }[];
}

const MOST_TAPS = 50;

export class StopwatchSheet extends HTMLElement {
  private kept!: Kept;
  private board = document.createElement("div");
  private light = document.createElement("p");
  private leaving = "";
  private tries = 0;
  private timer = 0;
  private busy = false;

  private get key(): string {
    return `vuon:sheet:${this.dataset.sheet}`;
  }

  connectedCallback(): void {
    if (this.board.isConnected) return;
    this.kept = this.restored();
    this.board.className = "stopwatch stack";
    this.light.className = "hint";
    this.light.setAttribute("role", "status");
    this.append(this.board, this.light);
    this.board.addEventListener("click", this.tapped);
    window.addEventListener("online", this.hurry);
    this.draw();
    this.say();
    this.hurry();
  }

  disconnectedCallback(): void {
    window.removeEventListener("online", this.hurry);
    window.clearTimeout(this.timer);
  }

  private restored(): Kept {
    try {
      const found = JSON.parse(remembered(this.key) ?? "") as Kept;
      if (Array.isArray(found.rows)) return found;
    } catch {
      // nothing is there, or nothing that can be read
    }
    const device = Math.random().toString(36).slice(2, 5);
    return { device, next: 1, desks: 1, rows: [], unsent: [], removed: [], taps: [] };
  }

  private words(name: string): string {
    return this.dataset[`words${name}`] ?? "";
  }

  private readonly hurry = (): void => {
    this.tries = 0;
    void this.send();
  };

  private readonly tapped = (event: Event): void => {
    const button = (event.target as HTMLElement).closest<HTMLButtonElement>("button[data-tap]");
    if (!button) return;
    const { tap = "", ticket = "", value = "" } = button.dataset;
    if (tap === "came") this.came(value);
    else if (tap === "leave") this.leaving = this.leaving === ticket ? "" : ticket;
    else if (tap === "left") this.mark(ticket, "left", value);
    else if (tap === "called" || tap === "done") this.mark(ticket, tap);
    else if (tap === "desks") this.kept.desks = Math.max(1, this.kept.desks + Number(value));
    else if (tap === "undo") this.undo();
    this.write();
    this.draw();
    this.focusAgain(tap, ticket, value);
    void this.send();
  };

  private came(group: string): void {
    const ticket = `${this.kept.device}-${String(this.kept.next++).padStart(3, "0")}`;
    const desks = String(this.kept.desks);
    this.kept.rows.push({
      ticket,
      group,
      arrived: now(),
      called: "",
      done: "",
      left: "",
      reason: "",
      desks,
    });
    this.noted(ticket, "arrived");
  }

  private mark(ticket: string, moment: Moment, reason = ""): void {
    const row = this.kept.rows.find((each) => each.ticket === ticket);
    if (!row) return;
    row[moment] = now();
    row.reason = reason || row.reason;
    this.leaving = "";
    this.noted(ticket, moment);
  }

  private noted(ticket: string, moment: Moment): void {
    this.kept.taps.push({ ticket, moment });
    this.kept.taps.splice(0, this.kept.taps.length - MOST_TAPS);
    if (!this.kept.unsent.includes(ticket)) this.kept.unsent.push(ticket);
    navigator.vibrate?.(20);
  }

  private undo(): void {
    const last = this.kept.taps.pop();
    const row = this.kept.rows.find((each) => each.ticket === last?.ticket);
    if (!last || !row) return;
    this.kept.unsent = this.kept.unsent.filter((each) => each !== row.ticket);
    if (last.moment === "arrived") {
      this.kept.rows = this.kept.rows.filter((each) => each !== row);
      this.kept.removed.push(row.ticket);
      return;
    }
    row[last.moment] = "";
    if (last.moment === "left") row.reason = "";
    this.kept.unsent.push(row.ticket);
  }

  private write(): void {
    // Rows that are done and sent need no place here any more, unless a tap on them can be undone.
    const needed = new Set([...this.kept.unsent, ...this.kept.taps.map((tap) => tap.ticket)]);
    this.kept.rows = this.kept.rows.filter(
      (row) => (!row.done && !row.left) || needed.has(row.ticket),
    );
    const empty = !this.kept.rows.length && !this.kept.removed.length && this.kept.next === 1;
    if (empty) forget(this.key);
    else remember(this.key, JSON.stringify(this.kept));
  }

  private async send(): Promise<void> {
    const { unsent, removed } = this.kept;
    if (this.busy || (!unsent.length && !removed.length)) return;
    this.busy = true;
    const sitting = `${this.dataset.sheet?.slice(0, 8)}`;
    const rows = this.kept.rows.filter((row) => unsent.includes(row.ticket));
    const sent = JSON.stringify(rows);
    const token = this.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
    const body = new URLSearchParams({ csv: csv(sitting, rows), csrfmiddlewaretoken: token });
    const gone = [...removed];
    body.set("remove", gone.map((ticket) => `${sitting}:${ticket}`).join(","));
    let kept = false;
    try {
      const signal = AbortSignal.timeout(20000);
      const url = this.dataset.rowsUrl ?? "";
      const answer = await fetch(url, { method: "POST", body, redirect: "error", signal });
      kept = answer.ok;
    } catch {
      kept = false; // no network: it is written down here
    }
    this.busy = false;
    if (kept) this.acknowledged(JSON.parse(sent) as Row[], gone);
    else this.later();
    this.say(!kept);
  }

  /** What was sent is kept, except rows that were tapped again while they were on the way. */
  private acknowledged(rows: Row[], gone: string[]): void {
    this.tries = 0;
    const same = (row: Row): boolean => {
      const here = this.kept.rows.find((each) => each.ticket === row.ticket);
      return !here || JSON.stringify(here) === JSON.stringify(row);
    };
    const through = new Set(rows.filter(same).map((row) => row.ticket));
    this.kept.unsent = this.kept.unsent.filter((ticket) => !through.has(ticket));
    this.kept.removed = this.kept.removed.filter((ticket) => !gone.includes(ticket));
    this.write();
    if (this.kept.unsent.length || this.kept.removed.length) void this.send();
  }

  private later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), waitBefore(++this.tries, null));
  }

  private say(offline = false): void {
    const open = this.kept.unsent.length + this.kept.removed.length;
    const here = this.words("Here").replace("{n}", String(open));
    const state = open
      ? offline
        ? `${here} · ${this.words("Waiting")}`
        : here
      : this.words("Kept");
    this.dataset.state = open ? "waiting" : "kept";
    this.light.textContent = this.kept.next > 1 ? state : "";
  }

  private draw(): void {
    const there = this.kept.rows.filter((row) => !row.done && !row.left);
    const groups = (this.dataset.groups ?? "").split("|");
    const names = this.words("Groups").split("|");
    const came = groups.map((group, n) =>
      this.button("came", "", names[n] ?? group, group, "button"),
    );
    const desks = this.row([
      this.text("span", `${this.words("Desks")}: ${this.kept.desks}`),
      this.button("desks", "", "−", "-1", "button-quiet"),
      this.button("desks", "", "+", "1", "button-quiet"),
    ]);
    const list = document.createElement("ul");
    list.className = "list";
    list.append(...there.map((row) => this.person(row, names[groups.indexOf(row.group)] ?? "")));
    const undo = this.button("undo", "", this.words("Undo"), "", "button-quiet");
    undo.disabled = !this.kept.taps.length;
    this.board.replaceChildren(
      this.text("h2", this.words("Came")),
      this.row(came),
      desks,
      there.length ? list : this.text("p", this.words("Empty")),
      this.row([undo]),
    );
  }

  private person(row: Row, group: string): HTMLElement {
    const item = document.createElement("li");
    item.className = "stopwatch-person";
    const said = `${row.ticket.split("-")[1]} · ${group} · ${clock(row.arrived)}${
      row.called ? ` · ${this.words("Called")} ${clock(row.called)}` : ""
    }`;
    const next = row.called ? "done" : "called";
    const taps = [
      this.button(
        next,
        row.ticket,
        this.words(row.called ? "Done" : "Called"),
        "",
        "button-primary",
      ),
      this.button("leave", row.ticket, this.words("Left"), "", "button-quiet"),
    ];
    item.append(this.text("span", said), this.row(taps));
    if (this.leaving === row.ticket) item.append(this.reasons(row));
    return item;
  }

  private reasons(row: Row): HTMLElement {
    const codes = (this.dataset.reasons ?? "").split("|");
    const names = this.words("Reasons").split("|");
    const group = document.createElement("fieldset");
    group.append(
      this.text("legend", this.words("Reason")),
      this.row(
        codes.map((code, n) => this.button("left", row.ticket, names[n] ?? code, code, "button")),
      ),
    );
    return group;
  }

  private button(
    tap: string,
    ticket: string,
    words: string,
    value: string,
    look: string,
  ): HTMLButtonElement {
    const made = document.createElement("button");
    made.type = "button";
    made.className = look;
    made.textContent = words;
    Object.assign(made.dataset, { tap, ticket, value });
    if (ticket) made.setAttribute("aria-label", `${words}: ${ticket.split("-")[1]}`);
    return made;
  }

  private row(children: HTMLElement[]): HTMLElement {
    const made = document.createElement("div");
    made.className = "row";
    made.append(...children);
    return made;
  }

  private text(tag: string, words: string): HTMLElement {
    const made = document.createElement(tag);
    made.textContent = words;
    return made;
  }

  /** Drawing anew takes the focus away: it goes back to the same button, else to the list. */
  private focusAgain(tap: string, ticket: string, value: string): void {
    const same = [...this.board.querySelectorAll<HTMLButtonElement>("button")].find(
      ({ dataset }) => dataset.tap === tap && dataset.ticket === ticket && dataset.value === value,
    );
    const next = ticket
      ? this.board.querySelector<HTMLButtonElement>(`button[data-ticket="${ticket}"]`)
      : null;
    (same ?? next ?? this.board.querySelector<HTMLButtonElement>("button"))?.focus();
  }
}
