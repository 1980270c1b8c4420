/** The codings of one text: read from columns, found by place. */
import type { Blocks } from "./blocks";
import { firstThat } from "./positions";

export type Colour = "leaf" | "clay" | "sun" | "water" | "sprout" | "ink";

export interface Code {
  id: string;
  name: string;
  letter: string;
  colour: Colour;
}

/** As the server sends them: one column for each property, starts as differences. */
export interface Columns {
  codes: Code[];
  starts: number[];
  lengths: number[];
  /** Index into codes; -1 for a passage that is only marked. */
  codes_at: number[];
  ids: string[];
  own: number[];
  against?: number[];
  can_mark: boolean;
  token: string;
}

/** How far a coding made here has got. */
export type State = "here" | "sent" | "kept" | "refused";

export interface Coding {
  /** What the server calls it; empty until it has answered. */
  id: string;
  /** What this page called it when it was made; empty for those that came with the page. */
  client: string;
  start: number;
  end: number;
  code: Code | null;
  own: boolean;
  against: boolean;
  state: State;
}

export function decode(columns: Columns): Coding[] {
  let start = 0;
  return columns.starts.map((delta, n) => {
    start += delta;
    return {
      id: columns.ids[n] ?? "",
      client: "",
      start,
      end: start + (columns.lengths[n] ?? 0),
      code: columns.codes[columns.codes_at[n] ?? -1] ?? null,
      own: columns.own[n] === 1,
      against: columns.against?.[n] === 1,
      state: "kept",
    };
  });
}

const before = (a: Coding, b: Coding): number => a.start - b.start || a.end - b.end;

export class Codings {
  /** In the order of the text. */
  list: Coding[] = [];
  private byBlock: Coding[][] = [];

  constructor(private readonly blocks: Blocks) {}

  fill(codings: Coding[]): void {
    this.list = codings.sort(before);
    this.byBlock = this.blocks.all.map(() => []);
    for (const coding of this.list) this.enter(coding);
  }

  add(coding: Coding): void {
    const at = firstThat(this.list.length, (k) => before(this.list[k] as Coding, coding) > 0);
    this.list.splice(at, 0, coding);
    for (const row of this.enter(coding)) row.sort(before);
  }

  remove(coding: Coding): void {
    const out = (row: Coding[]): void => {
      const at = row.indexOf(coding);
      if (at >= 0) row.splice(at, 1);
    };
    out(this.list);
    for (const n of this.blocks.touched(coding.start, coding.end)) out(this.inBlock(n));
  }

  inBlock(index: number): Coding[] {
    return this.byBlock[index] ?? [];
  }

  /** All that share at least one character with the span. */
  within(start: number, end: number): Coding[] {
    const found = new Set<Coding>();
    for (const n of this.blocks.touched(start, end)) {
      for (const coding of this.inBlock(n)) {
        if (coding.start < end && coding.end > start) found.add(coding);
      }
    }
    return [...found];
  }

  byId(id: string): Coding | undefined {
    return this.list.find((coding) => coding.id === id);
  }

  byClient(client: string): Coding | undefined {
    return this.list.find((coding) => coding.client === client);
  }

  /** The one after (or before) `last`, or after (before) a place in the text. */
  beside(last: Coding | null, point: number, direction: 1 | -1): Coding | undefined {
    const at = last ? this.list.indexOf(last) : -1;
    if (at >= 0) return this.list[at + direction];
    const first = firstThat(this.list.length, (k) => (this.list[k] as Coding).start >= point);
    return this.list[direction === 1 ? first : first - 1];
  }

  private enter(coding: Coding): Coding[][] {
    const rows: Coding[][] = [];
    for (const n of this.blocks.touched(coding.start, coding.end)) {
      const row = this.byBlock[n];
      if (row) rows.push(row);
      row?.push(coding);
    }
    return rows;
  }
}
