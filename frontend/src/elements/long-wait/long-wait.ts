/**
 * In a form whose answer takes seconds: says that it is being worked on, and lets one stop waiting.
 *
 * Stopping ends the wait of this page only; the form stands as it was sent.
 */
export class LongWait extends HTMLElement {
  private told = document.createElement("p");
  private stop = document.createElement("button");

  connectedCallback(): void {
    if (!this.told.isConnected) this.build();
    this.closest("form")?.addEventListener("submit", this.waits);
    window.addEventListener("pageshow", this.rests);
  }

  disconnectedCallback(): void {
    this.closest("form")?.removeEventListener("submit", this.waits);
    window.removeEventListener("pageshow", this.rests);
  }

  private build(): void {
    this.told.className = "hint";
    this.told.setAttribute("role", "status");
    this.stop.type = "button";
    this.stop.className = "button";
    this.stop.textContent = this.dataset.stop ?? "";
    this.stop.hidden = true;
    this.stop.addEventListener("click", () => this.end());
    this.append(this.told, this.stop);
  }

  private readonly waits = (): void => {
    this.told.textContent = this.dataset.waiting ?? "";
    this.stop.hidden = false;
    this.stop.focus();
  };

  /** A page that is gone back to waits for nothing. */
  private readonly rests = (): void => {
    this.told.textContent = "";
    this.stop.hidden = true;
  };

  private end(): void {
    window.stop();
    this.stop.hidden = true;
    this.told.textContent = this.dataset.stopped ?? "";
    this.closest("form")?.querySelector<HTMLElement>("[type=submit]")?.focus();
  }
}
