/**
 * Beans to lay by thumb, over number fields that work without it.
 *
 * The fields stay what is sent. The element puts a minus, a pile and a plus around each, draws
 * what is left in the hand, and never lets more be laid than there are.
 */
const BEAN =
  "M4 2C7-.5 13-.5 16 2c3 2.6 3.4 7 .5 9-2 1.3-3.7.6-4.9-.6-1-.9-2.2-.9-3.2 0C7.2 11.6 5.5 12.3 3.5 11 .6 9 1 4.6 4 2z";
const SVG = "http://www.w3.org/2000/svg";

function shape(box: string, d: string, kind: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", kind);
  svg.setAttribute("viewBox", box);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}

/** Make `pile` hold `count` beans, touching only those that come or go. */
function draw(pile: Element, count: number): void {
  while (pile.childElementCount > count) pile.lastElementChild?.remove();
  while (pile.childElementCount < count) pile.append(shape("0 0 20 14", BEAN, "bean"));
}

interface Row {
  input: HTMLInputElement;
  pile: HTMLElement;
  fewer: HTMLButtonElement;
  more: HTMLButtonElement;
}

export class BeanSpread extends HTMLElement {
  private rows: Row[] = [];
  private hand: HTMLElement | null = null;
  private inHand = document.createElement("span");
  private words = document.createElement("span");
  private live = document.createElement("span");
  private telling = 0;

  connectedCallback(): void {
    if (this.dataset.ready !== undefined) return;
    this.hand = this.querySelector("[data-hand]");
    if (!this.hand) return;
    for (const input of this.querySelectorAll("input")) this.rows.push(this.dress(input));
    this.inHand.className = "hand-beans";
    this.inHand.setAttribute("aria-hidden", "true");
    this.live.className = "visually-hidden";
    this.live.setAttribute("aria-live", "polite");
    this.hand.replaceChildren(this.words, this.inHand);
    this.append(this.live);
    this.closest("form")?.addEventListener("submit", (event) => this.hold(event));
    this.dataset.ready = "";
    this.show();
  }

  private get all(): number {
    return Number(this.dataset.all);
  }

  private count(input: HTMLInputElement): number {
    return Math.max(0, Math.floor(Number(input.value)) || 0);
  }

  private get left(): number {
    return this.all - this.rows.reduce((sum, row) => sum + this.count(row.input), 0);
  }

  private leftWords(): string {
    const left = this.left;
    return left > 0
      ? (this.dataset.left ?? "{n}").replace("{n}", String(left))
      : (this.dataset.none ?? "");
  }

  private dress(input: HTMLInputElement): Row {
    const cause = input.dataset.cause ?? "";
    const fewer = this.button("M5 12h14", (this.dataset.fewer ?? "").replace("{cause}", cause));
    const more = this.button(
      "M12 5v14M5 12h14",
      (this.dataset.more ?? "").replace("{cause}", cause),
    );
    const pile = document.createElement("span");
    pile.className = "pile";
    pile.setAttribute("aria-hidden", "true");
    input.before(fewer);
    input.after(pile, more);
    fewer.addEventListener("click", () => this.lay(input, this.count(input) - 1));
    more.addEventListener("click", () => this.lay(input, this.count(input) + 1));
    input.addEventListener("input", () => this.lay(input, this.count(input), true));
    input.addEventListener("change", () => this.lay(input, this.count(input)));
    return { input, pile, fewer, more };
  }

  private button(d: string, name: string): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", name);
    button.append(shape("0 0 24 24", d, "icon"));
    return button;
  }

  /** Lay as many as wished, as far as the hand goes; while typing an empty field stays empty. */
  private lay(input: HTMLInputElement, wish: number, typing = false): void {
    const most = Math.max(0, this.count(input) + this.left);
    if (!(typing && input.value === "")) input.value = String(Math.min(Math.max(0, wish), most));
    this.show();
    this.tell(input);
  }

  private show(): void {
    const left = this.left;
    for (const row of this.rows) {
      const count = this.count(row.input);
      draw(row.pile, Math.min(count, this.all));
      row.fewer.setAttribute("aria-disabled", String(count === 0));
      row.more.setAttribute("aria-disabled", String(left <= 0));
    }
    this.words.textContent = this.leftWords();
    draw(this.inHand, Math.max(0, left));
  }

  private tell(input: HTMLInputElement): void {
    const said = (this.dataset.now ?? "")
      .replace("{cause}", input.dataset.cause ?? "")
      .replace("{n}", input.value || "0")
      .replace("{left}", this.leftWords());
    window.clearTimeout(this.telling);
    this.telling = window.setTimeout(() => {
      this.live.textContent = said;
    }, 350);
  }

  /** Beans still in the hand: stay on the page and say so, instead of a round trip. */
  private hold(event: Event): void {
    if (this.left === 0) return;
    event.preventDefault();
    this.hand?.classList.add("hand-waits");
    this.live.textContent = this.leftWords();
    const first = this.rows[0];
    if (first)
      (first.more.getAttribute("aria-disabled") === "true" ? first.fewer : first.more).focus();
    this.hand?.scrollIntoView({ block: "nearest" });
  }
}
