/**
 * What was marked here and the server has not acknowledged. Each piece stands under its own key
 * in localStorage, so that two tabs do not overwrite each other, and holds positions and names
 * of codes, never the text. Sent in the order it was made; the client's id makes repeats harmless.
 *
 * POST, form-encoded: client_id, csrfmiddlewaretoken and start, end, code, new_code, against, or
 * remove (id of a coding). 200 {"id", "code"} · 401, 403, 419: the seat has ended · another 4xx
 * {"message"}: not accepted · anything else, or no answer: try again later.
 */

import { forget, keysUnder, remember, remembered } from "../../shared/memory";
import { waitBefore } from "../../shared/retry";
import type { Code } from "./codings";

export interface Item {
  client: string;
  made: number;
  start: number;
  end: number;
  code: string;
  newCode: string;
  against: boolean;
  /** Id (or, before it is known, client id) of the coding to take away; "" when one is added. */
  remove: string;
  tried: boolean;
  refused: string | null;
}

export interface Answer {
  id?: string;
  code?: Code | null;
  message?: string;
}

export type Light = "here" | "sent" | "kept" | "waiting" | "signedOut" | "refused";

export interface Listener {
  sending(item: Item): void;
  kept(item: Item, answer: Answer): void;
  refused(item: Item): void;
  light(light: Light): void;
}

const SIGNED_OUT = new Set([401, 403, 419]);
/** Too slow, too early, too many: to be sent again; what else begins with 4 is not accepted. */
const LATER = new Set([408, 425, 429]);
const PATIENCE = 20000;

export class Outbox {
  items: Item[] = [];
  private timer = 0;
  private ended = new AbortController();
  private tries = 0;
  private busy = false;
  private written = true;

  constructor(
    private readonly prefix: string,
    private readonly url: string,
    private readonly token: string,
    private readonly listener: Listener,
  ) {
    for (const key of keysUnder(prefix)) {
      const item = read(remembered(key));
      if (item) this.items.push(item);
    }
    this.items.sort((a, b) => a.made - b.made);
  }

  start(): void {
    this.ended = new AbortController();
    const { signal } = this.ended;
    window.addEventListener("online", () => this.hurry(), { signal });
    window.addEventListener("pageshow", () => this.hurry(), { signal });
    // only where nothing can be written down does leaving the page lose something
    const leaving = (event: BeforeUnloadEvent): void => {
      if (!this.written && this.items.length) event.preventDefault();
    };
    window.addEventListener("beforeunload", leaving, { signal });
    this.hurry();
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.ended.abort();
  }

  put(item: Item): void {
    this.items.push(item);
    this.write(item);
    this.listener.light("here");
    this.hurry();
  }

  /** Take back what was never sent; false if the server may already have it. */
  cancel(client: string): boolean {
    const item = this.items.find((each) => each.client === client);
    if (!item || (item.tried && item.refused === null)) return false;
    this.out(item);
    this.report();
    return true;
  }

  retryRefused(): void {
    for (const item of this.items) item.refused = null;
    this.hurry();
  }

  private hurry(): void {
    window.clearTimeout(this.timer);
    this.tries = 0;
    void this.pump();
  }

  private write(item: Item): void {
    this.written = remember(this.prefix + item.client, JSON.stringify(item));
  }

  private out(item: Item): void {
    this.items = this.items.filter((each) => each !== item);
    forget(this.prefix + item.client);
  }

  /** Say how far everything has got. */
  report(): void {
    if (this.items.some((item) => item.refused === null)) this.listener.light("here");
    else this.listener.light(this.items.length ? "refused" : "kept");
  }

  private async pump(): Promise<void> {
    if (this.busy) return;
    const item = this.items.find((each) => each.refused === null);
    if (!item) return;
    this.busy = true;
    if (!item.tried) {
      item.tried = true;
      this.write(item);
    }
    this.listener.sending(item);
    this.listener.light("sent");
    const response = await post(this.url, bodyOf(item, this.token));
    const answer = response ? await answerOf(response) : {};
    this.busy = false;
    this.hear(item, response, answer);
  }

  private hear(item: Item, response: Response | null, answer: Answer): void {
    const status = response?.status ?? 0;
    const gone = item.remove !== "" && (status === 404 || status === 410);
    if (gone || (response?.ok && answer.id)) {
      this.tries = 0;
      this.out(item);
      this.settle(item, answer);
      this.listener.kept(item, answer);
      this.report();
      void this.pump();
    } else if (SIGNED_OUT.has(status) || response?.redirected) {
      this.listener.light("signedOut"); // stays here, and goes when the page is opened again
    } else if (status >= 400 && status < 500 && !LATER.has(status)) {
      this.refuse(item, answer.message ?? "");
      this.report();
      void this.pump();
    } else {
      this.tries += 1;
      this.listener.light("waiting");
      const wait = waitBefore(this.tries, response?.headers.get("Retry-After") ?? null);
      this.timer = window.setTimeout(() => void this.pump(), wait);
    }
  }

  private refuse(item: Item, message: string): void {
    this.tries = 0;
    const taken = this.items.find((each) => each.remove === item.client);
    if (taken) {
      // nobody wants it any more, neither here nor there
      this.out(taken);
      this.out(item);
      return;
    }
    item.refused = message;
    this.write(item);
    this.listener.refused(item);
  }

  /** What is still here may speak of the coding or the code that has just got its name. */
  private settle(done: Item, answer: Answer): void {
    for (const item of this.items) {
      const removes = item.remove === done.client;
      const names = done.newCode !== "" && item.newCode === done.newCode && answer.code;
      if (removes) item.remove = answer.id ?? "";
      if (names) {
        item.code = answer.code?.id ?? "";
        item.newCode = "";
      }
      if (removes || names) this.write(item);
    }
  }
}

function bodyOf(item: Item, csrfmiddlewaretoken: string): URLSearchParams {
  const { client, remove, start, end, code, newCode, against } = item;
  const about = { client_id: client, csrfmiddlewaretoken };
  if (remove) return new URLSearchParams({ ...about, remove });
  return new URLSearchParams({
    ...about,
    start: `${start}`,
    end: `${end}`,
    code,
    new_code: newCode,
    against: against ? "1" : "0",
  });
}

async function post(url: string, body: URLSearchParams): Promise<Response | null> {
  const patience = new AbortController();
  const timer = window.setTimeout(() => patience.abort(), PATIENCE);
  try {
    return await fetch(url, {
      method: "POST",
      body,
      credentials: "same-origin",
      headers: { Accept: "application/json" },
      signal: patience.signal,
    });
  } catch {
    return null;
  } finally {
    window.clearTimeout(timer);
  }
}

async function answerOf(response: Response): Promise<Answer> {
  try {
    return (await response.json()) as Answer;
  } catch {
    return {};
  }
}

function read(text: string | null): Item | null {
  try {
    const item = JSON.parse(text ?? "") as Item;
    return typeof item.client === "string" && typeof item.made === "number" ? item : null;
  } catch {
    return null;
  }
}

/** A new item about a span: a code to put on it, or a coding to take away. */
export function itemAbout(
  { start, end, against }: Pick<Item, "start" | "end" | "against">,
  code: Code | null,
  remove: string,
): Item {
  return {
    client: newId(),
    made: Date.now(),
    start,
    end,
    code: code?.id ?? "",
    newCode: code && !code.id ? code.name : "",
    against,
    remove,
    tried: false,
    refused: null,
  };
}

/** A version 4 UUID; works without https, where randomUUID is missing. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
