/** The bar under the text, on phones a sheet: what to put on the chosen passage. */
import type { Code, Coding } from "./codings";
import { button, make, mute } from "./make";
import type { Choice } from "./marking";
import { letterOf, lines } from "./strip";
import type { Say } from "./words";

export interface Barkeeper {
  choose(choice: Choice): void;
  uncode(coding: Coding): void;
  clear(): void;
}

export interface Shown {
  quote: string;
  here: Coding[];
  recent: Code[];
  codes: Code[];
}

export class Bar {
  readonly element = make("section", "coded-bar");
  private quote = make("p", "coded-quote");
  private here = make("div");
  private recent = make("div", "coded-recent");
  private form = make("form", "coded-new");
  private input = make("input", "input");
  private names = make("datalist");
  private against: HTMLButtonElement;
  private offered = "";
  private acts = make("div", "coded-acts");

  constructor(
    id: string,
    private readonly say: Say,
    private readonly keeper: Barkeeper,
  ) {
    this.element.hidden = true;
    this.element.setAttribute("aria-label", say("bar"));
    this.recent.setAttribute("role", "group");
    this.recent.setAttribute("aria-label", say("recent"));
    this.against = button("button button-small", say("against"), () => this.turn(!this.isAgainst));
    this.acts.append(
      button("button button-small", say("new"), () => this.openNew()),
      button("button button-small", say("mark"), () => this.choose(null, "")),
      this.against,
      button("button-quiet", say("clear"), () => keeper.clear()),
    );
    this.makeForm(id);
    this.element.append(this.quote, this.here, this.recent, this.form, this.acts);
    // a press on the bar leaves the selection in the text as it is
    this.element.addEventListener("mousedown", (event) => {
      if (event.target !== this.input) event.preventDefault();
    });
    this.turn(false);
  }

  show({ quote, here, recent, codes }: Shown): void {
    if (this.element.hidden) {
      this.form.hidden = true;
      this.turn(false);
    }
    const inside = this.element.contains(document.activeElement);
    this.element.hidden = false;
    this.quote.textContent = this.say("chosen", { quote });
    const uncode = (coding: Coding): void => this.keeper.uncode(coding);
    this.here.replaceChildren(...(here.length ? [lines(here, () => "", this.say, uncode)] : []));
    const offered = JSON.stringify([recent, codes.length]);
    if (offered !== this.offered) this.offer(recent, codes);
    this.offered = offered;
    // what held the focus may just have been renewed
    if (inside && !this.element.contains(document.activeElement)) this.focus();
  }

  hide(): void {
    this.element.hidden = true;
  }

  get isAgainst(): boolean {
    return this.against.getAttribute("aria-pressed") === "true";
  }

  openNew(): void {
    this.form.hidden = false;
    this.input.value = "";
    this.input.focus();
  }

  focus(): void {
    this.element.querySelector<HTMLElement>(".coded-recent button, .coded-acts button")?.focus();
  }

  private offer(recent: Code[], codes: Code[]): void {
    this.recent.replaceChildren(...recent.map((code, n) => this.codeButton(code, n + 1)));
    this.names.replaceChildren(
      ...codes.map((code) => {
        const option = make("option");
        option.value = code.name;
        return option;
      }),
    );
  }

  private turn(against: boolean): void {
    this.against.setAttribute("aria-pressed", String(against));
  }

  private choose(code: Code | null, name: string): void {
    this.keeper.choose({ code, name, against: this.isAgainst });
  }

  private codeButton(code: Code, digit: number): HTMLButtonElement {
    const made = button("coded-code", "", () => this.choose(code, ""));
    const key = mute(make("kbd", "", `${digit}`));
    made.append(letterOf(code), make("span", "", code.name), key);
    return made;
  }

  private makeForm(id: string): void {
    const label = make("label", "", this.say("name"));
    label.htmlFor = `${id}-name`;
    this.names.id = `${id}-names`;
    this.input.id = label.htmlFor;
    this.input.setAttribute("list", this.names.id);
    this.input.autocomplete = "off";
    this.input.maxLength = 120;
    this.input.required = true;
    const save = button("button-primary", this.say("save"), () => undefined);
    save.type = "submit";
    this.form.append(label, this.input, this.names, save);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const name = this.input.value.trim();
      if (name) this.choose(null, name);
    });
  }
}
