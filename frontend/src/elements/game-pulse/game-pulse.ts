/**
 * Asks every two seconds whether the team has gone on. If it has, the page is loaded again, or,
 * where somebody has begun to fill in something, a quiet line offers it. A page that is being left
 * is not loaded again: that would take back the tap of whoever has just gone on.
 *
 * data-address: answers {"at": n, "held": bool}; data-at: for which n the page was made;
 * data-held: present while the page waits for the release; data-changed, data-show: words.
 */
import { waitBefore } from "../../shared/retry";

const EVERY = 2000;
/** So long after it was begun leaving is over, or was only a download. */
const LEAVING = 8000;

export class GamePulse extends HTMLElement {
  #timer = 0;
  #failed = 0;
  #touched = false;
  #left = -LEAVING;
  #noticed = () => {
    this.#touched = true;
  };
  #leaving = () => {
    this.#left = performance.now();
  };
  #shown = () => {
    if (!document.hidden) this.#soon(0);
  };

  connectedCallback(): void {
    document.addEventListener("input", this.#noticed);
    document.addEventListener("visibilitychange", this.#shown);
    window.addEventListener("beforeunload", this.#leaving);
    this.#soon(EVERY);
  }

  disconnectedCallback(): void {
    window.clearTimeout(this.#timer);
    document.removeEventListener("input", this.#noticed);
    document.removeEventListener("visibilitychange", this.#shown);
    window.removeEventListener("beforeunload", this.#leaving);
  }

  #soon(wait: number): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#ask(), wait);
  }

  async #ask(): Promise<void> {
    if (document.hidden) return; // asks again when the page is looked at
    try {
      const answer = await fetch(this.dataset.address ?? "", { cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const { at, held } = (await answer.json()) as { at: number; held: boolean };
      this.#failed = 0;
      const released = this.dataset.held !== undefined && !held;
      if (String(at) !== this.dataset.at || released) {
        this.#changed();
        return;
      }
      this.#soon(EVERY);
    } catch {
      this.#failed += 1;
      this.#soon(EVERY + waitBefore(this.#failed, null));
    }
  }

  #changed(): void {
    if (performance.now() - this.#left < LEAVING) {
      this.#soon(EVERY);
      return;
    }
    if (!this.#touched && !document.querySelector("details[open] form")) {
      window.location.reload();
      return;
    }
    const line = document.createElement("p");
    line.className = "notice";
    line.setAttribute("role", "status");
    const said = document.createElement("span");
    said.textContent = `${this.dataset.changed ?? ""} `;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small";
    button.textContent = this.dataset.show ?? "";
    button.addEventListener("click", () => window.location.reload());
    line.append(said, button);
    this.replaceChildren(line);
  }
}
