/** What goes on in a coded text once its codings are there: the parts, and what acts do to them. */
import { Bar, type Barkeeper } from "./bar";
import type { Blocks } from "./blocks";
import { type Chooser, Choosing } from "./choosing";
import { type Coding, Codings, type Columns, decode } from "./codings";
import { canHighlight, Highlights } from "./highlights";
import { type Acts, Keys } from "./keys";
import { make } from "./make";
import { type Choice, Marking } from "./marking";
import { nameOf } from "./marks";
import { type Light, Outbox } from "./outbox";
import { Painter } from "./painter";
import type { Span } from "./positions";
import { Lights, type Toolkit, tools } from "./tools";
import { type Say, wordsOf } from "./words";

let count = 0;

export class Coder implements Acts, Barkeeper, Chooser, Toolkit {
  private readonly say: Say;
  private readonly live = make("p", "visually-hidden");
  private readonly foot = make("div", "coded-foot no-print");
  private readonly codings: Codings;
  private readonly painter: Painter;
  private readonly outbox: Outbox;
  private readonly marking: Marking;
  private readonly choosing: Choosing;
  private readonly keys: Keys;
  private readonly bar: Bar;
  private readonly lights: Lights;
  private readonly canMark: boolean;
  /** The coding that was stepped to. */
  private current: Coding | null = null;

  constructor(
    host: HTMLElement,
    private readonly body: HTMLElement,
    private readonly blocks: Blocks,
    columns: Columns,
  ) {
    count += 1;
    const id = `coded-${count}`;
    const say = wordsOf(host);
    this.say = say;
    this.canMark = columns.can_mark;
    this.codings = new Codings(blocks);
    this.codings.fill(decode(columns));
    const highlights = canHighlight() ? new Highlights(blocks) : null;
    this.painter = new Painter(
      { body, blocks, codings: this.codings, highlights, say, id },
      this.canMark ? (coding) => this.uncode(coding) : null,
    );
    this.outbox = this.openOutbox(host, columns.token);
    this.marking = new Marking(this.codings, this.outbox, (touched, change) =>
      this.alter(touched, change),
    );
    this.bar = new Bar(id, say, this);
    this.lights = new Lights(
      say,
      () => this.outbox.retryRefused(),
      () => this.marking.dropRefused(),
    );
    this.choosing = new Choosing(body, blocks, this.canMark, this);
    this.keys = new Keys(body, this, this.canMark);
    this.marking.begin(columns.codes);
    this.furnish(host);
  }

  start(): void {
    this.painter.start();
    this.choosing.start();
    if (!this.canMark) return;
    if (this.outbox.items.length) this.outbox.report();
    this.outbox.start();
  }

  stop(): void {
    this.painter.stop();
    this.choosing.stop();
    this.outbox.stop();
  }

  private openOutbox(host: HTMLElement, token: string): Outbox {
    const { textId, coder, markUrl } = host.dataset;
    const owner = [textId, coder].filter(Boolean).join(":");
    return new Outbox(`vuon:coded:${owner}:`, markUrl ?? "", token, {
      sending: (item) => this.marking.sending(item),
      kept: (item, answer) => this.marking.kept(item, answer),
      refused: (item) => this.marking.refused(item),
      light: (light) => this.light(light),
    });
  }

  private furnish(host: HTMLElement): void {
    this.body.tabIndex = 0;
    this.body.setAttribute("role", "group");
    this.body.setAttribute("aria-label", this.say("text"));
    host.addEventListener("keydown", (event) => this.keys.press(event));
    this.live.setAttribute("role", "status");
    this.foot.append(this.lights.element, this.bar.element);
    host.prepend(tools(this.say, this, this.canMark));
    host.append(this.foot, this.live);
  }

  reading(on: boolean): void {
    this.painter.read(on);
  }

  letters(on: boolean): void {
    this.keys.letters = on;
  }

  private alter(touched: Coding[], change: () => void): void {
    this.painter.alter(touched, change);
    if (this.choosing.span) this.showBar(this.choosing.span);
  }

  private light(light: Light): void {
    const refused = this.outbox.items.filter((item) => item.refused !== null);
    const many = light === "refused" ? refused.length : this.outbox.items.length;
    this.lights.show(light, many, light === "refused" ? (refused[0]?.refused ?? "") : "");
  }

  private tell(words: string): void {
    this.live.textContent = words;
  }

  chosen(span: Span | null): void {
    this.painter.spot("chosen", span);
    if (!span) {
      this.bar.hide();
      return;
    }
    this.current = null;
    this.painter.spot("cursor", null);
    this.showBar(span);
    this.blocks.uncover(...span, this.bar.element.getBoundingClientRect().top);
  }

  private showBar([start, end]: Span): void {
    this.bar.show({
      quote: this.blocks.quote(start, end, 90),
      here: this.codings.within(start, end),
      recent: this.marking.recent,
      codes: this.marking.codes,
    });
  }

  cursor(span: Span | null): void {
    this.painter.spot("cursor", span);
  }

  moveEnd(direction: 1 | -1): boolean {
    return this.choosing.moveEnd(direction);
  }

  /** The shortest passage at a point: a click on it chooses the same words again. */
  passage(point: number): Span | null {
    const spans = this.codings
      .within(point, point + 1)
      .map((coding): Span => [coding.start, coding.end])
      .sort((a, b) => a[1] - a[0] - (b[1] - b[0]));
    return spans[0] ?? null;
  }

  move(direction: 1 | -1, extend: boolean): void {
    const sentence = this.choosing.move(direction, extend);
    if (!sentence) return;
    this.current = null;
    const names = this.codings.within(...sentence).map((coding) => nameOf(coding, this.say));
    const said = this.blocks.quote(...sentence, 600);
    this.tell(names.length ? `${said} (${names.join("; ")})` : said);
  }

  take(): void {
    if (!this.choosing.span) this.choosing.take();
    this.bar.focus();
  }

  /** What keys act on: what is chosen, the coding stepped to, or the cursor's sentence. */
  private get target(): Span | null {
    const { current, choosing } = this;
    if (choosing.span) return choosing.span;
    return current ? [current.start, current.end] : choosing.sentence;
  }

  choose(choice: Choice): void {
    const span = this.target;
    if (!span) return;
    const coding = this.marking.mark(...span, choice);
    this.tell(this.say("marked", { name: nameOf(coding, this.say) }));
    this.choosing.stand(span[0]);
    this.leave();
  }

  uncode(coding: Coding): void {
    this.marking.unmark(coding);
    if (this.current === coding) this.current = null;
    this.tell(this.say("unmarked", { name: nameOf(coding, this.say) }));
    if (document.activeElement === document.body) this.body.focus({ preventScroll: true });
  }

  uncodeHere(): void {
    const span = this.target;
    const own = span ? this.codings.within(...span).filter((coding) => coding.own) : [];
    const exact = own.filter(({ start, end }) => start === span?.[0] && end === span[1]);
    const found = this.current?.own ? this.current : (exact.pop() ?? own.pop());
    if (found) this.uncode(found);
    else this.tell(this.say("none"));
  }

  undo(): void {
    const coding = this.marking.undo();
    const word = coding && this.marking.has(coding) ? "marked" : "unmarked";
    this.tell(coding ? this.say(word, { name: nameOf(coding, this.say) }) : this.say("none"));
  }

  newCode(): void {
    const span = this.target;
    if (!span) return;
    if (!this.choosing.span) this.choosing.choose(...span);
    this.bar.openNew();
  }

  which(): void {
    const names = this.marking.recent.map((code, n) => `${n + 1} ${code.name}`);
    this.tell(this.say("which", { names: names.join(", ") }));
  }

  recent(place: number): void {
    const code = this.marking.recent[place];
    if (code) this.choose({ code, name: "", against: this.bar.isAgainst });
  }

  step(direction: 1 | -1): void {
    const { codings, blocks } = this;
    const seen = blocks.seen()?.start ?? 0;
    const coding = codings.beside(this.current, this.target?.[0] ?? seen, direction);
    if (!coding) {
      this.tell(this.say("none"));
      return;
    }
    this.choosing.clear();
    this.current = coding;
    this.choosing.stand(coding.start);
    blocks.reveal(coding.start, coding.end);
    this.painter.spot("cursor", [coding.start, coding.end]);
    const [n, all] = [codings.list.indexOf(coding) + 1, codings.list.length];
    const quote = blocks.quote(coding.start, coding.end, 300);
    this.tell(this.say("coding", { n, all, name: nameOf(coding, this.say), quote }));
  }

  /** Whether there was anything to put away. */
  clear(): boolean {
    const had = this.painter.closeList() || this.choosing.span || this.choosing.sentence;
    this.current = null;
    this.choosing.forgetPlace();
    this.painter.spot("cursor", null);
    this.leave();
    return Boolean(had);
  }

  /** Nothing is chosen any more; the keyboard goes back from the bar to the text. */
  private leave(): void {
    const inBar = this.foot.contains(document.activeElement);
    this.choosing.clear();
    if (inBar) this.body.focus({ preventScroll: true });
  }
}
