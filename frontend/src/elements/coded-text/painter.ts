/**
 * Keeps what is seen of a text up to date: highlights or marks, margins, the list of a paragraph.
 * A long text is painted around the screen only, and further as one scrolls.
 */
import type { Block, Blocks } from "./blocks";
import type { Coding, Codings } from "./codings";
import type { Highlights, Spot } from "./highlights";
import { make } from "./make";
import { putMarks, putPlain } from "./marks";
import type { Span } from "./positions";
import { lines, putStrip } from "./strip";
import type { Say } from "./words";

/** Up to so many codings are all painted at once. */
const WHOLE = 2000;
/** Screens above and below what is seen that are painted too. */
const MORE = 1;
/** Paragraphs marked in one go in reading mode, so that the page can still be used. */
const GO = 40;

export interface Canvas {
  body: HTMLElement;
  blocks: Blocks;
  codings: Codings;
  highlights: Highlights | null;
  say: Say;
  id: string;
}

export class Painter {
  private window: Span = [0, -1];
  private reading = false;
  private printing = false;
  private timer = 0;
  private ended = new AbortController();
  private list: HTMLElement | null = null;
  private opener: HTMLElement | null = null;
  private readonly sizes = new ResizeObserver(() => this.look());

  constructor(
    private readonly canvas: Canvas,
    private readonly uncode: ((coding: Coding) => void) | null,
  ) {}

  start(): void {
    this.ended = new AbortController();
    const { signal } = this.ended;
    document.addEventListener("scroll", this.look, { capture: true, passive: true, signal });
    window.addEventListener("beforeprint", () => this.print(true), { signal });
    window.addEventListener("afterprint", () => this.print(false), { signal });
    this.canvas.body.addEventListener("click", (event) => this.click(event), { signal });
    this.sizes.observe(this.canvas.body);
    this.renew();
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.ended.abort();
    this.sizes.disconnect();
    this.canvas.highlights?.only(new Set());
    this.spot("chosen", null);
    this.spot("cursor", null);
  }

  read(on: boolean): void {
    this.reading = on;
    if (this.marks) this.canvas.highlights?.only(new Set());
    else for (const block of this.canvas.blocks.all) putPlain(block);
    this.renew();
    this.canvas.highlights?.respot();
  }

  /** Change these codings in some way; what is seen follows. */
  alter(touched: Coding[], change: () => void): void {
    const { blocks, highlights, codings } = this.canvas;
    for (const coding of touched) highlights?.hide(coding);
    change();
    if (!this.marks) this.highlight();
    const seen = new Set<number>();
    for (const { start, end } of touched) for (const n of blocks.touched(start, end)) seen.add(n);
    for (const n of seen) {
      const block = blocks.all[n] as Block;
      if (block.marked) putMarks(block, codings.inBlock(n), this.canvas.say);
      if (this.inWindow(n) || block.element.hasAttribute("aria-describedby")) this.strip(block);
    }
    if (this.marks) highlights?.respot();
    if (this.list && this.opener) this.fillList();
  }

  spot(name: Spot, span: Span | null): void {
    const { highlights, blocks, body } = this.canvas;
    if (highlights) {
      highlights.spot(name, span);
      return;
    }
    for (const old of body.querySelectorAll(`.coded-${name}`))
      old.classList.remove(`coded-${name}`);
    for (const n of span ? blocks.touched(...span) : []) {
      blocks.all[n]?.element.classList.add(`coded-${name}`);
    }
  }

  closeList(): boolean {
    if (!this.list) return false;
    const back = this.list.contains(document.activeElement);
    this.list.remove();
    this.list = null;
    this.opener?.setAttribute("aria-expanded", "false");
    if (back) this.opener?.focus();
    this.opener = null;
    return true;
  }

  private get marks(): boolean {
    return this.reading || this.printing || !this.canvas.highlights;
  }

  private inWindow(n: number): boolean {
    return n >= this.window[0] && n <= this.window[1];
  }

  private renew(): void {
    this.window = [0, -1];
    this.look();
    if (this.marks) this.markRest();
  }

  /** Paint what has come near the screen since the last look. */
  private readonly look = (): void => {
    const { blocks } = this.canvas;
    const [first, last] = blocks.near(0.5);
    const old = this.window;
    if (last < first || (old[0] <= first && old[1] >= last)) return;
    this.window = blocks.near(MORE);
    if (!this.marks) this.highlight();
    for (let n = this.window[0]; n <= this.window[1]; n += 1) {
      if (n >= old[0] && n <= old[1]) continue;
      const block = blocks.all[n] as Block;
      this.strip(block);
      if (this.marks) this.mark(block);
    }
  };

  private highlight(): void {
    const { highlights, codings } = this.canvas;
    if (!highlights) return;
    if (codings.list.length <= WHOLE) {
      for (const coding of codings.list) highlights.show(coding);
      return;
    }
    const wanted = new Set<Coding>();
    for (let n = this.window[0]; n <= this.window[1]; n += 1) {
      for (const coding of codings.inBlock(n)) wanted.add(coding);
    }
    highlights.only(wanted);
  }

  private strip(block: Block): void {
    const { codings, id, say } = this.canvas;
    putStrip(block, codings.inBlock(block.index), `${id}-${block.index}`, say);
  }

  private mark(block: Block): void {
    const codings = this.canvas.codings.inBlock(block.index);
    if (!block.marked && codings.length) putMarks(block, codings, this.canvas.say);
  }

  /** Everything else, a few paragraphs at a time. */
  private markRest(from = 0): void {
    window.clearTimeout(this.timer);
    const { all } = this.canvas.blocks;
    if (!this.marks) return;
    for (const block of all.slice(from, from + GO)) {
      this.strip(block);
      this.mark(block);
    }
    if (from + GO < all.length) {
      this.timer = window.setTimeout(() => this.markRest(from + GO));
    }
  }

  /** Before printing everything is marked at once. */
  private print(on: boolean): void {
    this.printing = on;
    this.read(this.reading);
    if (on) for (const block of this.canvas.blocks.all) this.mark(block);
  }

  private click(event: MouseEvent): void {
    const strip = (event.target as Element).closest<HTMLElement>(".coded-strip");
    if (!strip) return;
    const same = strip === this.opener;
    this.closeList();
    if (same) return;
    this.opener = strip;
    strip.setAttribute("aria-expanded", "true");
    this.list = make("div", "coded-list");
    this.list.tabIndex = -1;
    this.list.setAttribute("role", "group");
    this.canvas.blocks.blockOf(strip)?.element.after(this.list);
    this.fillList();
    this.list.focus({ preventScroll: true });
  }

  private fillList(): void {
    const { blocks, codings, say } = this.canvas;
    const block = blocks.blockOf(this.opener);
    const here = block ? codings.inBlock(block.index) : [];
    if (!block || !here.length) {
      this.closeList();
      return;
    }
    const quote = ({ start, end }: Coding): string => blocks.quote(start, end, 120);
    this.list?.setAttribute("aria-label", this.opener?.getAttribute("aria-label") ?? "");
    this.list?.replaceChildren(lines(here, quote, say, this.uncode));
  }
}
