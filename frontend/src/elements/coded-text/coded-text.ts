/**
 * A text with its codings: shown over it, read aloud, made and taken away.
 *
 * The server renders the paragraphs; where a coding stands comes as columns from
 * `data-columns-url`; what is marked goes to `data-mark-url` (see outbox.ts). Positions are code
 * points of the whole version. `data-text-id` (and `data-coder`, where phones are shared) name
 * what waits on this device. Without JavaScript the text stands there to be read.
 */
import { Blocks } from "./blocks";
import { Coder } from "./coder";
import type { Columns } from "./codings";
import { make } from "./make";
import { wordsOf } from "./words";

export class CodedText extends HTMLElement {
  private asked = false;
  private coder: Coder | null = null;

  connectedCallback(): void {
    const body = this.querySelector<HTMLElement>(".coded-body");
    if (this.coder) this.coder.start();
    else if (body && !this.asked) void this.load(body);
  }

  disconnectedCallback(): void {
    this.coder?.stop();
  }

  private async load(body: HTMLElement): Promise<void> {
    this.asked = true;
    const asked = columns(this.dataset.columnsUrl ?? "");
    const blocks = new Blocks(body); // counted while the codings are on their way
    const found = await asked;
    if (!found) {
      this.fail();
      return;
    }
    this.coder = new Coder(this, body, blocks, found);
    if (this.isConnected) this.coder.start();
    this.dispatchEvent(new CustomEvent("coded-ready", { bubbles: true }));
  }

  private fail(): void {
    const line = make("p", "notice", wordsOf(this)("failed"));
    line.setAttribute("role", "status");
    this.prepend(line);
  }
}

async function columns(url: string): Promise<Columns | null> {
  try {
    const response = await fetch(url, {
      credentials: "same-origin",
      headers: { Accept: "application/json" },
    });
    return response.ok ? ((await response.json()) as Columns) : null;
  } catch {
    return null;
  }
}
