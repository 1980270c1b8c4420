/** Codes put on passages and taken away again: shown at once, sent when it can be, undone. */
import type { Code, Coding, Codings } from "./codings";
import { type Answer, type Item, itemAbout, type Outbox } from "./outbox";

export interface Choice {
  code: Code | null;
  /** Name of a code that is not there yet; "" otherwise. */
  name: string;
  against: boolean;
}

/** Hide these, change something, show what is still there. */
export type Alter = (touched: Coding[], change: () => void) => void;

interface Step {
  coding: Coding;
  /** Client id of the item that took it away; "" when it was added. */
  taken: string;
}

const MOST = 9;
const folded = (name: string): string => name.trim().normalize("NFC").toLocaleLowerCase("vi");

export class Marking {
  codes: Code[] = [];
  recent: Code[] = [];
  private steps: Step[] = [];
  private taken = new Map<string, Coding>();

  constructor(
    private readonly codings: Codings,
    private readonly outbox: Outbox,
    private readonly alter: Alter,
  ) {}

  /** The page's codes and codings are there: add what this phone still holds. */
  begin(codes: Code[]): void {
    this.codes = codes;
    for (const item of this.outbox.items) {
      if (item.remove) this.hold(item);
      else this.codings.add(this.fromItem(item));
    }
    const often = new Map<Code, number>();
    for (const { code, own } of this.codings.list) {
      if (code) often.set(code, (often.get(code) ?? 0) + (own ? 1000 : 1));
    }
    const count = (code: Code): number => often.get(code) ?? 0;
    this.recent = [...codes].sort((a, b) => count(b) - count(a)).slice(0, MOST);
  }

  /** The code of that name, capitals aside. */
  named(name: string): Code | undefined {
    const wanted = folded(name);
    return this.codes.find((code) => folded(code.name) === wanted);
  }

  mark(start: number, end: number, choice: Choice): Coding {
    const code = choice.name ? this.codeNamed(choice.name) : choice.code;
    const there = this.codings
      .within(start, end)
      .find((c) => c.own && c.start === start && c.end === end && c.code === code);
    if (there && there.against === choice.against) return there;
    if (code) this.recent = [code, ...this.recent.filter((c) => c !== code)].slice(0, MOST);
    const coding = this.put(start, end, code, choice.against);
    this.steps.push({ coding, taken: "" });
    return coding;
  }

  unmark(coding: Coding): void {
    this.steps.push({ coding, taken: this.take(coding) });
  }

  /** The coding that came or went by it; undefined if nothing is left to undo. */
  undo(): Coding | undefined {
    const step = this.steps.pop();
    if (!step) return undefined;
    const { coding, taken } = step;
    if (!taken) {
      if (!this.has(coding)) return this.undo();
      this.take(coding);
    } else if (coding.id && this.outbox.cancel(taken)) {
      this.alter([coding], () => this.codings.add(coding));
    } else {
      this.put(coding.start, coding.end, coding.code, coding.against);
    }
    return coding;
  }

  has(coding: Coding): boolean {
    return this.codings.list.includes(coding);
  }

  sending(item: Item): void {
    const coding = this.codings.byClient(item.client);
    if (!coding) return;
    const change = (): void => {
      coding.state = "sent";
    };
    if (coding.state === "refused") this.alter([coding], change);
    else change();
  }

  kept(item: Item, answer: Answer): void {
    if (item.remove) {
      const still = this.codings.byId(item.remove);
      if (still) this.alter([still], () => this.codings.remove(still));
      this.taken.delete(item.client);
      return;
    }
    // it may have been taken away again while it was on its way
    const coding =
      this.codings.byClient(item.client) ??
      [...this.taken.values()].find((each) => each.client === item.client);
    const code = coding?.code;
    if (code && !code.id && answer.code) this.adopt(code, answer.code);
    if (!coding) return;
    const id = answer.id ?? "";
    const twin = this.codings.byId(id);
    this.alter([coding], () => {
      coding.id = id;
      coding.state = "kept";
      if (twin && twin !== coding) this.codings.remove(coding); // an answer had been lost
    });
  }

  refused(item: Item): void {
    const coding = this.codings.byClient(item.client);
    const taken = this.taken.get(item.client);
    if (taken) this.alter([taken], () => this.codings.add(taken));
    if (coding) {
      this.alter([coding], () => {
        coding.state = "refused";
      });
    }
  }

  /** Forget what the server did not accept. */
  dropRefused(): void {
    for (const item of this.outbox.items.filter((each) => each.refused !== null)) {
      const coding = this.codings.byClient(item.client);
      if (coding) this.alter([coding], () => this.codings.remove(coding));
      this.outbox.cancel(item.client);
    }
  }

  private put(start: number, end: number, code: Code | null, against: boolean): Coding {
    const item = itemAbout({ start, end, against }, code, "");
    const coding = this.fromItem(item, code);
    this.alter([coding], () => this.codings.add(coding));
    this.outbox.put(item);
    return coding;
  }

  /** Client id of the item that takes it away, or of the coding itself if it was never sent. */
  private take(coding: Coding): string {
    this.alter([coding], () => this.codings.remove(coding));
    if (coding.client && this.outbox.cancel(coding.client)) return coding.client;
    const item = itemAbout(coding, null, coding.id || coding.client);
    this.taken.set(item.client, coding);
    this.outbox.put(item);
    return item.client;
  }

  private hold(item: Item): void {
    const coding = this.codings.byId(item.remove) ?? this.codings.byClient(item.remove);
    if (!coding || item.refused !== null) return;
    this.taken.set(item.client, coding);
    this.codings.remove(coding);
  }

  private fromItem(item: Item, code?: Code | null): Coding {
    const known = this.codes.find((each) => each.id === item.code) ?? null;
    return {
      id: "",
      client: item.client,
      start: item.start,
      end: item.end,
      code: code ?? (item.newCode ? this.codeNamed(item.newCode) : known),
      own: true,
      against: item.against,
      state: item.refused === null ? "here" : "refused",
    };
  }

  private codeNamed(name: string): Code {
    const known = this.named(name);
    if (known) return known;
    const clean = name.trim();
    const letter = clean.charAt(0).toLocaleUpperCase("vi");
    const code: Code = { id: "", name: clean, letter, colour: "ink" };
    this.codes.push(code);
    return code;
  }

  /** The server has named a code that was made here; it may have been there already. */
  private adopt(made: Code, named: Code): void {
    const same = this.codes.find((code) => code.id === named.id);
    const touched = this.codings.list.filter((coding) => coding.code === made);
    this.alter(touched, () => {
      if (!same) {
        Object.assign(made, named);
        return;
      }
      for (const coding of touched) coding.code = same;
      this.codes = this.codes.filter((code) => code !== made);
      this.recent = this.recent.map((code) => (code === made ? same : code));
    });
  }
}
