/** What somebody expects before they see it. It stays on the page and is never scored. */

import { button, make } from "./make";

export type Expected = -1 | 0 | 1;

interface Words {
  title: string;
  hint: string;
  see: string;
  both: string;
  questions: string[];
  better: string;
  same: string;
  worse: string;
}

export class Guess {
  readonly node = make("form", "card stack guess");
  private readonly missing = make("p", "hint");
  readonly expected: (Expected | null)[];

  constructor(words: Words, done: () => void) {
    this.expected = words.questions.map(() => null);
    this.missing.setAttribute("role", "status");
    const see = button(words.see, "button-primary", () => {
      if (!this.expected.includes(null)) return done();
      this.missing.textContent = words.both;
      const open = this.expected.indexOf(null);
      this.node.querySelector<HTMLInputElement>(`[name=guess-${open}]`)?.focus();
    });
    this.node.addEventListener("submit", (event) => event.preventDefault());
    this.node.append(
      make("h2", "", words.title),
      make("p", "hint", words.hint),
      ...words.questions.map((question, n) => this.question(question, n, words)),
      make("div", "actions", see, this.missing),
    );
  }

  private question(question: string, number: number, words: Words): HTMLElement {
    const answers: [Expected, string][] = [
      [1, words.better],
      [0, words.same],
      [-1, words.worse],
    ];
    const choices = answers.map(([value, said]) => {
      const input = document.createElement("input");
      input.type = "radio";
      input.name = `guess-${number}`;
      input.value = String(value);
      input.addEventListener("change", () => {
        this.expected[number] = value;
        this.missing.textContent = "";
      });
      return make("label", "", input, said);
    });
    const legend = make("legend", "label", question);
    return make("fieldset", "", legend, make("div", "segmented", ...choices));
  }
}
