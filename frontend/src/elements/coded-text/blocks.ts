/** The paragraphs of the page, and the way between their nodes and positions of the version. */
import { make } from "./make";
import { firstThat, measure, type Span, type Stretch, toPoint, toUnit } from "./positions";
import { sentences } from "./sentences";

/** Class of what the element itself puts into a paragraph: no text of the version. */
export const ASIDE = "coded-aside";

export interface Block extends Stretch {
  readonly index: number;
  readonly element: HTMLElement;
  /** The whole text, as long as the paragraph holds no marks. */
  readonly node: Text;
  marked: boolean;
}

/** Some paragraphs in one box, which the browser lays out and paints only near the screen. */
interface Part {
  readonly element: HTMLElement;
  readonly first: number;
  last: number;
}

/** Characters that make a part; the stylesheet knows about how high that is. */
const PART = 2500;

export interface Piece {
  block: Block;
  from: number;
  to: number;
}

interface Caret {
  offsetNode: Node;
  offset: number;
}
interface Pointing {
  caretPositionFromPoint?(x: number, y: number): Caret | null;
  caretRangeFromPoint?(x: number, y: number): Range | null;
}

export class Blocks {
  readonly all: Block[];
  private readonly parts: Part[] = [];
  private readonly byElement = new Map<Element, Block>();
  private readonly sentencesOf = new Map<Block, Span[]>();

  constructor(body: HTMLElement) {
    const elements = Array.from(body.querySelectorAll<HTMLElement>("[data-start]"));
    this.all = elements.map((element, index) => {
      const text = element.textContent ?? "";
      if (element.childNodes.length !== 1 || element.firstElementChild) element.textContent = text;
      if (!element.firstChild) element.append(document.createTextNode(""));
      const node = element.firstChild as Text;
      const stretch = measure(text, Number(element.dataset.start));
      const block = { ...stretch, index, element, node, marked: false };
      this.byElement.set(element, block);
      return block;
    });
    this.divide();
  }

  private divide(): void {
    let left = 0;
    for (const { element, index, length } of this.all) {
      let part = this.parts[this.parts.length - 1];
      if (!part || left <= 0) {
        const box = make("div", "coded-part");
        element.before(box);
        part = { element: box, first: index, last: index };
        this.parts.push(part);
        left = PART;
      }
      part.element.append(element);
      part.last = index;
      left -= length;
    }
  }

  get length(): number {
    const last = this.all[this.all.length - 1];
    return last ? last.start + last.length : 0;
  }

  /** Index of the block that holds the point, or of the one before the gap that holds it. */
  at(point: number): number {
    const after = firstThat(this.all.length, (k) => (this.all[k] as Block).start > point);
    return Math.max(0, after - 1);
  }

  /** Indexes of the blocks that have characters between start and end. */
  touched(start: number, end: number): number[] {
    const found: number[] = [];
    for (let n = this.at(start); n < this.all.length; n += 1) {
      const block = this.all[n] as Block;
      if (block.start >= end) break;
      if (block.start + block.length > start) found.push(n);
    }
    return found;
  }

  pieces(start: number, end: number): Piece[] {
    return this.touched(start, end).map((n) => {
      const block = this.all[n] as Block;
      return { block, from: toUnit(block, start), to: toUnit(block, end) };
    });
  }

  quote(start: number, end: number, most = 160): string {
    const whole = this.pieces(start, end)
      .map(({ block, from, to }) => block.text.slice(from, to))
      .join(" ");
    return whole.length > most ? `${whole.slice(0, most).trimEnd()}…` : whole;
  }

  sentences(block: Block): Span[] {
    let found = this.sentencesOf.get(block);
    if (!found) {
      found = sentences(block.text);
      this.sentencesOf.set(block, found);
    }
    return found;
  }

  /** The span without the blanks and line ends at its ends; null if nothing is left. */
  trim(start: number, end: number): Span | null {
    let first = -1;
    let last = -1;
    for (const { block, from, to } of this.pieces(start, end)) {
      const text = block.text.slice(from, to);
      const kept = text.trim();
      if (!kept) continue;
      const at = from + text.indexOf(kept);
      if (first < 0) first = toPoint(block, at);
      last = toPoint(block, at + kept.length);
    }
    return first < 0 ? null : [first, last];
  }

  blockOf(node: Node | null): Block | null {
    const element = node instanceof Element ? node : (node?.parentElement ?? null);
    const holder = element?.closest("[data-start]");
    return (holder && this.byElement.get(holder)) ?? null;
  }

  /** Position of a place in the page; `end` tells which way a place between blocks leans. */
  point(container: Node, offset: number, end: boolean): number {
    const block = this.blockOf(container);
    if (block) return toPoint(block, this.unit(block, container, offset));
    const probe = document.createRange();
    probe.setStart(container, offset);
    const after = firstThat(
      this.all.length,
      (k) => probe.comparePoint((this.all[k] as Block).element, 0) >= 0,
    );
    const beside = this.all[end ? after - 1 : after];
    if (!beside) return end ? 0 : this.length;
    return beside.start + (end ? beside.length : 0);
  }

  unit(block: Block, container: Node, offset: number): number {
    if (container === block.node) return offset;
    const probe = document.createRange();
    probe.setStart(block.element, 0);
    probe.setEnd(container, offset);
    let units = 0;
    for (const text of textsIn(block.element)) {
      if (text === container) return units + offset;
      if (probe.comparePoint(text, text.length) > 0) return units;
      units += text.length;
    }
    return units;
  }

  /** The text node and the offset in it that stand for a unit of the block. */
  place(block: Block, unit: number): [Text, number] {
    if (!block.marked) return [block.node, unit];
    let left = unit;
    let last = block.node;
    for (const text of textsIn(block.element)) {
      if (left <= text.length) return [text, left];
      left -= text.length;
      last = text;
    }
    return [last, last.length];
  }

  range(piece: Piece): StaticRange {
    const [startContainer, startOffset] = this.place(piece.block, piece.from);
    const [endContainer, endOffset] = this.place(piece.block, piece.to);
    return new StaticRange({ startContainer, startOffset, endContainer, endOffset });
  }

  /**
   * First and last block of the parts that lie within `more` screens of what is seen. Only parts
   * are asked where they are: to ask a paragraph would have its part laid out.
   */
  near(more: number): Span {
    const screen = window.innerHeight;
    const box = (k: number): DOMRect => (this.parts[k] as Part).element.getBoundingClientRect();
    const count = this.parts.length;
    const first = this.parts[firstThat(count, (k) => box(k).bottom >= -more * screen)];
    const last = this.parts[firstThat(count, (k) => box(k).top > (1 + more) * screen) - 1];
    return first && last ? [first.first, last.last] : [0, -1];
  }

  /** The first block that is seen. */
  seen(): Block | undefined {
    const [first, last] = this.near(0);
    const seen = firstThat(last - first + 1, (k) => {
      return (this.all[first + k] as Block).element.getBoundingClientRect().bottom > 0;
    });
    return this.all[first + seen] ?? this.all[0];
  }

  /** Block and unit under a finger or a mouse. */
  under(x: number, y: number): [Block, number] | null {
    const page = document as unknown as Pointing;
    const caret = page.caretPositionFromPoint?.(x, y);
    const range = caret ? null : page.caretRangeFromPoint?.(x, y);
    const node = caret?.offsetNode ?? range?.startContainer ?? null;
    const block = this.blockOf(node);
    if (!block || !node) return null;
    return [block, this.unit(block, node, caret?.offset ?? range?.startOffset ?? 0)];
  }

  /** Bring a span into sight, with room above and below it. */
  reveal(start: number, end: number): void {
    const piece = this.pieces(start, end)[0];
    if (!piece) return;
    piece.block.element.scrollIntoView({ block: "nearest" });
    const box = this.box(piece);
    const middle = window.innerHeight / 3;
    if (box.top < 64 || box.bottom > 2 * middle) window.scrollBy(0, box.top - middle);
  }

  /** Push the page up where something that came from below at `top` lies over a span. */
  uncover(start: number, end: number, top: number): void {
    const piece = this.pieces(start, end).pop();
    if (!piece) return;
    const over = this.box(piece).bottom - top + 16;
    if (over > 0) window.scrollBy(0, over);
  }

  private box({ block, from, to }: Piece): DOMRect {
    const range = document.createRange();
    range.setStart(...this.place(block, from));
    range.setEnd(...this.place(block, to));
    return range.getBoundingClientRect();
  }
}

/** The text nodes of a paragraph, without what the element has put into it. */
function* textsIn(element: HTMLElement): Generator<Text> {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest(`.${ASIDE}`) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  for (let node = walker.nextNode(); node; node = walker.nextNode()) yield node as Text;
}
