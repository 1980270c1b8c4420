/**
 * A short choice that is sent as it is ticked, and says whether it is kept.
 *
 * POST to the action of its form: the field, `only` with its name, the token. 200 {"kept": true},
 * with `html` where the answer changes what stands in `[data-answers="<shows>"]`; anything else, or
 * no answer: it is sent with the whole form, and until then says so.
 */
interface Answer {
  shows?: string;
  html?: string;
}

function show(form: HTMLFormElement, { shows, html }: Answer): void {
  const place = shows && form.querySelector(`[data-answers="${CSS.escape(shows)}"]`);
  if (place) place.innerHTML = html ?? "";
}

export class KeptChoice extends HTMLElement {
  private light = document.createElement("p");

  connectedCallback(): void {
    if (this.light.isConnected) return;
    this.light.className = "hint";
    this.light.setAttribute("role", "status");
    this.append(this.light);
    this.addEventListener("change", () => void this.send());
    window.addEventListener("online", this.again);
  }

  disconnectedCallback(): void {
    window.removeEventListener("online", this.again);
  }

  private readonly again = (): void => {
    if (this.dataset.state === "waiting") void this.send();
  };

  private async send(): Promise<void> {
    const ticked = this.querySelector<HTMLInputElement>("input:checked");
    const form = ticked?.form;
    if (!ticked || !form) return;
    const name = this.dataset.name ?? "";
    const token = form.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
    const body = new URLSearchParams({ only: name, [name]: ticked.value });
    body.set("csrfmiddlewaretoken", token);
    let kept = false;
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
      kept = answer.ok;
      if (kept) show(form, (await answer.json()) as Answer);
    } catch {
      kept = false; // no network: the whole form will bring it
    }
    this.dataset.state = kept ? "kept" : "waiting";
    this.light.textContent = (kept ? this.dataset.kept : this.dataset.waiting) ?? "";
  }
}
