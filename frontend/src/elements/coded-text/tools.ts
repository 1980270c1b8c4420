/** The row above the text, and the lights of sending below it. */

import { remember, remembered } from "../../shared/memory";
import { button, make, mute } from "./make";
import type { Light } from "./outbox";
import type { Say } from "./words";

const LETTERS = "vuon:coded-letters";
/** What the three dots look like; those that wait look like those on the phone. */
const DOTS: Partial<Record<Light, string>> = { sent: "sent", kept: "kept" };

export interface Toolkit {
  reading(on: boolean): void;
  step(direction: 1 | -1): void;
  undo(): void;
  letters(on: boolean): void;
}

export function tools(say: Say, kit: Toolkit, canMark: boolean): HTMLElement {
  const row = make("div", "coded-tools no-print");
  const reading = button("button button-small", say("reading"), () => {
    const on = reading.getAttribute("aria-pressed") !== "true";
    reading.setAttribute("aria-pressed", String(on));
    kit.reading(on);
  });
  reading.setAttribute("aria-pressed", "false");
  row.append(
    reading,
    button("button button-small", say("previous"), () => kit.step(-1)),
    button("button button-small", say("next"), () => kit.step(1)),
  );
  if (canMark) row.append(button("button button-small", say("undo"), () => kit.undo()));
  row.append(lettersSwitch(say, kit));
  return row;
}

function lettersSwitch(say: Say, kit: Toolkit): HTMLElement {
  const box = make("input");
  box.type = "checkbox";
  box.checked = remembered(LETTERS) !== "off";
  kit.letters(box.checked);
  box.addEventListener("change", () => {
    remember(LETTERS, box.checked ? "on" : "off");
    kit.letters(box.checked);
  });
  return make("label", "coded-letters", box, ` ${say("letters")}`);
}

export class Lights {
  readonly element = make("p", "sending coded-lights");
  private word = make("span");
  private acts = make("span");

  constructor(
    private readonly say: Say,
    again: () => void,
    drop: () => void,
  ) {
    const dots = mute(make("span", "sending-lights", make("i"), make("i"), make("i")));
    this.word.setAttribute("role", "status");
    this.acts.hidden = true;
    this.acts.append(
      button("button-quiet", say("again"), again),
      button("button-quiet", say("drop"), drop),
    );
    this.element.hidden = true;
    this.element.append(dots, this.word, this.acts);
  }

  show(light: Light, count: number, message: string): void {
    const said = [this.say(light, { n: count }), message].filter(Boolean).join(": ");
    this.element.hidden = false;
    this.element.dataset.state = DOTS[light] ?? "here";
    this.acts.hidden = light !== "refused";
    if (this.word.textContent !== said) this.word.textContent = said;
  }
}
