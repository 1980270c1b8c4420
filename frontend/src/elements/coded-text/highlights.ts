/**
 * Passages painted over the text without touching it (CSS Custom Highlight API): one highlight
 * for each colour, shared by all texts of a page.
 */
import type { Blocks } from "./blocks";
import type { Coding } from "./codings";
import type { Span } from "./positions";

const PRIORITY: Record<string, number> = {
  against: 1,
  waiting: 2,
  refused: 3,
  cursor: 4,
  chosen: 5,
};

export const canHighlight = (): boolean =>
  typeof Highlight === "function" && typeof CSS !== "undefined" && "highlights" in CSS;

function highlight(name: string): Highlight {
  const key = `coded-${name}`;
  let found = CSS.highlights.get(key);
  if (!found) {
    found = new Highlight();
    found.priority = PRIORITY[name] ?? 0;
    CSS.highlights.set(key, found);
  }
  return found;
}

/** The names of the highlights that a coding belongs to. */
export function looks(coding: Coding): string[] {
  const names: string[] = [coding.code?.colour ?? "plain"];
  if (coding.against) names.push("against");
  if (coding.state === "refused") names.push("refused");
  else if (coding.state !== "kept") names.push("waiting");
  return names;
}

export type Spot = "chosen" | "cursor";

interface Painted {
  names: string[];
  ranges: StaticRange[];
}

export class Highlights {
  private painted = new Map<Coding, Painted>();
  private spots = new Map<string, { span: Span; ranges: StaticRange[] }>();

  constructor(private readonly blocks: Blocks) {}

  show(coding: Coding): void {
    if (this.painted.has(coding)) return;
    const ranges = this.ranges(coding.start, coding.end);
    const names = looks(coding);
    for (const name of names) {
      const into = highlight(name);
      for (const range of ranges) into.add(range);
    }
    this.painted.set(coding, { names, ranges });
  }

  hide(coding: Coding): void {
    const painted = this.painted.get(coding);
    if (!painted) return;
    this.take(painted);
    this.painted.delete(coding);
  }

  /** Paint these and no others. */
  only(codings: Set<Coding>): void {
    for (const coding of this.painted.keys()) if (!codings.has(coding)) this.hide(coding);
    for (const coding of codings) this.show(coding);
  }

  /** The one span that is chosen, or that the keyboard stands on. */
  spot(name: Spot, span: Span | null): void {
    const into = highlight(name);
    for (const range of this.spots.get(name)?.ranges ?? []) into.delete(range);
    this.spots.delete(name);
    if (!span) return;
    const ranges = this.ranges(...span);
    for (const range of ranges) into.add(range);
    this.spots.set(name, { span, ranges });
  }

  /** Nodes have been replaced under them. */
  respot(): void {
    for (const [name, { span }] of [...this.spots]) this.spot(name as Spot, span);
  }

  private take({ names, ranges }: Painted): void {
    for (const name of names) {
      const from = highlight(name);
      for (const range of ranges) from.delete(range);
    }
  }

  private ranges(start: number, end: number): StaticRange[] {
    return this.blocks.pieces(start, end).map((piece) => this.blocks.range(piece));
  }
}
