/**
 * What is chosen to be marked: by drawing or long press, by tapping sentences, or by keyboard,
 * where a cursor goes from sentence to sentence.
 */
import { ASIDE, type Block, type Blocks } from "./blocks";
import { type Span, toPoint, toUnit } from "./positions";

/** A sentence: block, and which of its sentences. */
type Place = readonly [number, number];

const earlier = (a: Place, b: Place): number => a[0] - b[0] || a[1] - b[1];
const SETTLE = 200;

export interface Chooser {
  chosen(span: Span | null): void;
  cursor(span: Span | null): void;
  /** A click of the mouse on a place in the text: the span of a passage there, if there is one. */
  passage(point: number): Span | null;
}

export class Choosing {
  span: Span | null = null;
  /** First and last of the chosen sentences, when they were chosen as sentences. */
  private anchor: Place | null = null;
  private head: Place | null = null;
  private at: Place | null = null;
  private touch = false;
  private pressed = false;
  private timer = 0;
  private ended = new AbortController();

  constructor(
    private readonly body: HTMLElement,
    private readonly blocks: Blocks,
    private readonly canMark: boolean,
    private readonly chooser: Chooser,
  ) {}

  start(): void {
    if (!this.canMark) return;
    this.ended = new AbortController();
    const { signal } = this.ended;
    const release = (): void => this.release();
    this.body.addEventListener("pointerdown", (event) => this.press(event), { signal });
    this.body.addEventListener("click", (event) => this.click(event), { signal });
    window.addEventListener("pointerup", release, { signal });
    window.addEventListener("pointercancel", release, { signal });
    document.addEventListener("selectionchange", () => this.selecting(), { signal });
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.ended.abort();
  }

  clear(): void {
    this.anchor = null;
    this.head = null;
    this.set(null);
    if (this.native()) window.getSelection()?.removeAllRanges();
  }

  /** The sentence under the keyboard's cursor. */
  get sentence(): Span | null {
    return this.at && this.spanOf(this.at);
  }

  forgetPlace(): void {
    this.at = null;
  }

  /** Put the keyboard's cursor on the sentence that holds the point. */
  stand(point: number): void {
    const block = this.blocks.all[this.blocks.at(point)];
    this.at = block ? this.placeAt(block, point) : null;
  }

  /** Move the cursor by one sentence, or let the choice grow or shrink by one. */
  move(direction: 1 | -1, extend: boolean): Span | null {
    if (!this.at) this.at = this.firstSeen();
    else if (!extend || this.head || this.span === null) {
      const from = (extend && this.head) || this.at;
      const next = this.step(from, direction);
      if (extend && !this.head) this.anchor = this.at;
      this.at = next ?? from;
      if (extend) this.head = this.at;
    }
    if (extend) this.takeSentences();
    else this.clear();
    const sentence = this.sentence;
    this.chooser.cursor(sentence);
    if (sentence) this.blocks.reveal(...sentence);
    return sentence;
  }

  /** Choose the sentence under the cursor. */
  take(): void {
    if (!this.at) this.at = this.firstSeen();
    this.anchor = this.at;
    this.head = this.at;
    this.takeSentences();
  }

  /** Let the end of the choice go on or back by one word. */
  moveEnd(direction: 1 | -1): boolean {
    if (!this.span || this.native()) return false;
    const [start, end] = this.span;
    const block = this.blocks.all[this.blocks.at(end - 1)];
    if (!block) return false;
    const unit = toUnit(block, end);
    const [before, after] = [block.text.slice(0, unit), block.text.slice(unit)];
    const word = (direction === 1 ? /^\s*\S+/ : /\S+\s*$/).exec(direction === 1 ? after : before);
    const to = toPoint(block, unit + direction * (word?.[0].length ?? 0));
    if (to > start) this.choose(start, to);
    return true;
  }

  choose(start: number, end: number): void {
    const span = this.blocks.trim(start, end);
    if (!span) return;
    this.anchor = null;
    this.head = null;
    this.set(span);
  }

  private set(span: Span | null): void {
    if (this.span === span) return;
    this.span = span;
    this.chooser.chosen(span);
  }

  private takeSentences(): void {
    if (!this.head) return;
    const anchor = this.anchor ?? this.head;
    const [first, last] =
      earlier(anchor, this.head) <= 0 ? [anchor, this.head] : [this.head, anchor];
    const start = this.spanOf(first)?.[0];
    const end = this.spanOf(last)?.[1];
    if (start !== undefined && end !== undefined) this.set([start, end]);
  }

  private spanOf([n, k]: Place): Span | null {
    const block = this.blocks.all[n];
    const span = block && this.blocks.sentences(block)[k];
    return span ? [toPoint(block, span[0]), toPoint(block, span[1])] : null;
  }

  private placeAt(block: Block, point: number): Place | null {
    const spans = this.blocks.sentences(block);
    const k = spans.findIndex((span) => toPoint(block, span[1]) > point);
    if (!spans.length) return this.step([block.index, 0], 1);
    return [block.index, k < 0 ? spans.length - 1 : k];
  }

  private step([n, k]: Place, direction: 1 | -1): Place | null {
    const count = (m: number): number => {
      const block = this.blocks.all[m];
      return block ? this.blocks.sentences(block).length : 0;
    };
    const next = k + direction;
    if (next >= 0 && next < count(n)) return [n, next];
    for (let m = n + direction; m >= 0 && m < this.blocks.all.length; m += direction) {
      if (count(m)) return [m, direction === 1 ? 0 : count(m) - 1];
    }
    return null;
  }

  private firstSeen(): Place | null {
    const block = this.blocks.seen();
    return block ? this.placeAt(block, block.start) : null;
  }

  /** A sentence; the one before or after makes it longer, one at its ends shorter. */
  private tap(place: Place): void {
    const [anchor, head] = [this.anchor, this.head].sort((a, b) => (a && b ? earlier(a, b) : 0));
    const same = (a: Place | null | undefined): boolean => !!a && earlier(a, place) === 0;
    this.at = place;
    if (!anchor || !head) this.take();
    else if (same(this.step(head, 1))) [this.anchor, this.head] = [anchor, place];
    else if (same(this.step(anchor, -1))) [this.anchor, this.head] = [place, head];
    else if (same(anchor) && same(head)) this.clear();
    else if (same(head)) [this.anchor, this.head] = [anchor, this.step(head, -1)];
    else if (same(anchor)) [this.anchor, this.head] = [this.step(anchor, 1), head];
    else this.take();
    this.takeSentences();
  }

  private press(event: PointerEvent): void {
    this.touch = event.pointerType !== "mouse";
    this.pressed = true;
  }

  private release(): void {
    if (!this.pressed) return;
    this.pressed = false;
    this.selecting();
  }

  private click(event: MouseEvent): void {
    const target = event.target as Element;
    if (target.closest(`.${ASIDE}`) || this.native()) return;
    const under = this.blocks.under(event.clientX, event.clientY);
    if (!under?.[0].element.contains(target)) return;
    const [block, unit] = under;
    const point = toPoint(block, unit);
    const place = this.placeAt(block, point);
    if (!place) return;
    const passage = this.touch ? null : this.chooser.passage(point);
    if (passage) this.choose(...passage);
    else this.tap(place);
    this.at = place;
    if (!this.touch) this.chooser.cursor(null);
  }

  private selecting(): void {
    window.clearTimeout(this.timer);
    if (this.pressed && !this.touch) return; // the mouse is still drawing
    this.timer = window.setTimeout(() => {
      const range = this.native();
      if (!range) return;
      const start = this.blocks.point(range.startContainer, range.startOffset, false);
      const end = this.blocks.point(range.endContainer, range.endOffset, true);
      const span = this.blocks.trim(start, end);
      if (!span || (span[0] === this.span?.[0] && span[1] === this.span[1])) return;
      this.choose(...span);
      this.stand(span[0]);
    }, SETTLE);
  }

  /** What the browser itself has selected within the text, if anything. */
  private native(): Range | null {
    const selection = window.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    return this.body.contains(range.commonAncestorContainer) ? range : null;
  }
}
