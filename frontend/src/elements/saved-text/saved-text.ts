/**
 * A text field that keeps itself, and says how far it got.
 *
 * Three lights: on this device, sent, kept. What the server has not acknowledged stays in this
 * tab's memory (sessionStorage) and nowhere else, for phones are shared; it is dropped once kept.
 *
 * POST to `data-draft-url`, form-encoded: key, text, base, client, csrfmiddlewaretoken.
 * 200 {"kept": true, "version", "at"} · 409 {"conflict": true, "html", "kept"?} · 401, 403, 419:
 * the seat has ended · 413, 422 {"message"} · anything else, or no answer: try again later.
 */
import { waitBefore } from "../../shared/retry";

type State = "here" | "sent" | "kept" | "signed-out" | "refused";

interface Answer {
  kept?: boolean;
  conflict?: boolean;
  version?: string;
  html?: string;
  message?: string;
}

const TYPING_PAUSE = 600;
const SIGNED_OUT = new Set([401, 403, 419]);
const REFUSED = new Set([400, 404, 405, 410, 413, 415, 422]);

export class SavedText extends HTMLElement {
  private field: HTMLTextAreaElement | null = null;
  private lights = document.createElement("p");
  private word = document.createElement("span");
  private beside = document.createElement("div");
  private client = "";
  private acknowledged = "";
  private timer = 0;
  private tries = 0;
  private sending = false;
  private submitted = false;

  connectedCallback(): void {
    if (this.field) return;
    this.field = this.querySelector("textarea");
    if (!this.field) return;
    this.acknowledged = this.field.value;
    this.build();
    this.recover(this.field);
    this.field.addEventListener("input", () => this.changed());
    this.field.addEventListener("blur", () => this.hurry());
    this.field.form?.addEventListener("submit", () => {
      this.submitted = true;
      this.forget();
      window.clearTimeout(this.timer);
    });
    window.addEventListener("pagehide", this.leave);
    window.addEventListener("online", this.online);
  }

  disconnectedCallback(): void {
    window.clearTimeout(this.timer);
    window.removeEventListener("pagehide", this.leave);
    window.removeEventListener("online", this.online);
  }

  private readonly leave = (): void => {
    if (!this.submitted && this.unsaved) void this.send(true);
  };

  private readonly online = (): void => {
    if (this.unsaved) this.hurry();
  };

  private get unsaved(): boolean {
    return this.field !== null && this.field.value !== this.acknowledged;
  }

  private get memory(): string {
    return `vuon:${this.dataset.draftUrl}:${this.dataset.key}`;
  }

  private build(): void {
    const dots = document.createElement("span");
    dots.className = "sending-lights";
    dots.setAttribute("aria-hidden", "true");
    dots.append(...[1, 2, 3].map(() => document.createElement("i")));
    this.lights.className = "sending";
    this.lights.hidden = true;
    this.word.setAttribute("role", "status");
    this.lights.append(dots, this.word);
    this.append(this.lights, this.beside);
  }

  /** Text that this tab held when the page was lost comes back, unless the server has it. */
  private recover(field: HTMLTextAreaElement): void {
    const held = this.held();
    if (held === null || held === field.value) {
      this.forget();
      return;
    }
    field.value = held;
    this.changed();
  }

  private held(): string | null {
    try {
      return sessionStorage.getItem(this.memory);
    } catch {
      return null; // storage is switched off: the page itself still holds the text
    }
  }

  private hold(text: string): void {
    try {
      sessionStorage.setItem(this.memory, text);
    } catch {
      // switched off or full: as above
    }
  }

  private forget(): void {
    try {
      sessionStorage.removeItem(this.memory);
    } catch {
      // as above
    }
  }

  private changed(): void {
    if (!this.field) return;
    this.hold(this.field.value);
    this.client = newId();
    this.tries = 0;
    this.say("here");
    this.soon(TYPING_PAUSE);
  }

  private hurry(): void {
    if (this.unsaved) this.soon(0);
  }

  private soon(wait: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), wait);
  }

  private body(text: string): URLSearchParams {
    const form = this.field?.form;
    const hidden = (name: string): string =>
      form?.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value ?? "";
    return new URLSearchParams({
      key: this.dataset.key ?? "",
      text,
      base: hidden("base"),
      client: this.client || newId(),
      csrfmiddlewaretoken: hidden("csrfmiddlewaretoken"),
    });
  }

  private async send(leaving = false): Promise<void> {
    const url = this.dataset.draftUrl;
    if (!this.field || !url || this.submitted || (this.sending && !leaving)) return;
    const text = this.field.value;
    if (text === this.acknowledged) return;
    this.sending = true;
    this.say("sent");
    let response: Response | null = null;
    try {
      response = await fetch(url, {
        method: "POST",
        body: this.body(text),
        credentials: "same-origin",
        headers: { Accept: "application/json" },
        // browsers refuse to keep more than 64 kB alive behind a closed page
        keepalive: leaving && text.length < 15000,
      });
    } catch {
      response = null;
    } finally {
      this.sending = false;
    }
    await this.hear(response, text);
  }

  private async hear(response: Response | null, text: string): Promise<void> {
    const status = response?.status ?? 0;
    const answer = response ? await read(response) : {};
    if (status === 409 && answer.conflict) this.show(answer.html ?? "");
    if (response?.ok && answer.kept) this.show("");
    if (answer.kept) this.settle(text);
    else if (SIGNED_OUT.has(status)) this.say("signed-out");
    else if (REFUSED.has(status) || status === 409) this.say("refused", answer.message);
    else this.again(response);
  }

  /** `text` is on the server's disk. If more was typed meanwhile, that is sent next. */
  private settle(text: string): void {
    this.acknowledged = text;
    this.tries = 0;
    if (this.unsaved) {
      this.say("here");
      this.soon(TYPING_PAUSE);
    } else {
      this.forget();
      this.say("kept");
    }
  }

  private again(response: Response | null): void {
    this.say("here");
    this.tries += 1;
    this.soon(waitBefore(this.tries, response?.headers.get("Retry-After") ?? null));
  }

  private show(html: string): void {
    // our own server's fragment, escaped there; scripts in it would be refused by the policy
    this.beside.innerHTML = html;
  }

  private say(state: State, message?: string): void {
    const words: Record<State, string | undefined> = {
      here: this.dataset.here,
      sent: this.dataset.sent,
      kept: this.dataset.kept,
      "signed-out": this.dataset.signedOut,
      refused: this.dataset.refused,
    };
    const said = [words[state], message].filter(Boolean).join(": ");
    this.lights.hidden = false;
    this.lights.dataset.state = state;
    if (this.word.textContent !== said) this.word.textContent = said;
  }
}

async function read(response: Response): Promise<Answer> {
  try {
    return (await response.json()) as Answer;
  } catch {
    return {};
  }
}

/** Random, one for each state of the text; works without https, where randomUUID is missing. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
