/**
 * The time of a card: begins when one asks, can be stopped and begun anew, goes on through a reload
 * of the page. It makes no sound and ends nothing: past its end it says how long it has been over.
 */
interface Kept {
  /** When it would end, in milliseconds since 1970; 0 while it stands still. */
  ends: number;
  /** Milliseconds left while it stands still. */
  left: number;
}

export class CardTimer extends HTMLElement {
  private clock = document.createElement("span");
  private spoken = document.createElement("span");
  private go = document.createElement("button");
  private again = document.createElement("button");
  private tick = 0;
  private said = "";
  private kept: Kept = { ends: 0, left: 0 };

  connectedCallback(): void {
    if (!this.clock.isConnected) this.build();
    this.kept = this.restored();
    this.tick = window.setInterval(() => this.draw(), 1000);
    this.draw();
  }

  disconnectedCallback(): void {
    window.clearInterval(this.tick);
  }

  private get whole(): number {
    return Number(this.dataset.minutes) * 60000;
  }

  private get key(): string {
    return `vuon:timer:${this.dataset.card}`;
  }

  private get left(): number {
    return this.kept.ends ? this.kept.ends - Date.now() : this.kept.left;
  }

  private build(): void {
    this.clock.className = "timer-clock";
    this.clock.setAttribute("role", "timer");
    this.spoken.className = "visually-hidden";
    this.spoken.setAttribute("role", "status");
    this.go.type = this.again.type = "button";
    this.go.className = "button button-small";
    this.again.className = "button-quiet button-small";
    this.again.textContent = this.dataset.again ?? "";
    this.go.addEventListener("click", () => this.toggle());
    this.again.addEventListener("click", () => this.keep({ ends: 0, left: this.whole }));
    this.append(this.clock, this.go, this.again, this.spoken);
  }

  private restored(): Kept {
    try {
      const found = JSON.parse(sessionStorage.getItem(this.key) ?? "") as Kept;
      if (typeof found.ends === "number" && typeof found.left === "number") return found;
    } catch {
      // nothing is there, or storage is switched off
    }
    return { ends: 0, left: this.whole };
  }

  private toggle(): void {
    const { left } = this;
    this.keep(this.kept.ends ? { ends: 0, left } : { ends: Date.now() + left, left });
  }

  private keep(kept: Kept): void {
    this.kept = kept;
    try {
      sessionStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // it lasts as long as the page
    }
    this.draw();
  }

  private draw(): void {
    const seconds = Math.round(this.left / 1000);
    const shown = Math.abs(seconds);
    const words = `${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}`;
    const over = seconds < 0;
    this.clock.textContent = over ? `+${words}` : words;
    this.dataset.state = over ? "over" : this.kept.ends ? "going" : "still";
    this.go.textContent = (this.kept.ends ? this.dataset.stop : this.dataset.start) ?? "";
    this.again.hidden = this.left === this.whole;
    this.say(over ? "over" : this.kept.ends && this.left < this.whole / 2 ? "half" : "");
  }

  /** Half-time and the end are told once to those who do not see the clock. */
  private say(what: "" | "half" | "over"): void {
    if (what === this.said) return;
    this.said = what;
    this.spoken.textContent = what ? (this.dataset[what] ?? "") : "";
  }
}
