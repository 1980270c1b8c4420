/**
 * A drawn map that is changed by hand: boxes are drawn to another place or lane, ways from the
 * handle of a box to another box; the same by keyboard. Every change is kept by the server as one
 * step of undo; then the page is asked for again and what stands in this element is put in place,
 * with what a run says now if the page shows that.
 *
 * Attributes: data-url, where changes go; data-… with the words that are said aloud.
 */
import { dragging } from "./dragging";
import { type Box, type Plan, planOf } from "./plan";

type Sent = Record<string, string>;

export class JourneyMap extends HTMLElement {
  private plan: Plan | null = null;
  private status = document.createElement("p");
  private joining: Box | null = null;
  private busy = false;

  connectedCallback(): void {
    if (this.status.isConnected) return;
    this.status.className = "hint map-status";
    this.status.setAttribute("role", "status");
    this.after(this.status);
    this.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("keydown", this.undo);
    this.addEventListener("submit", (event) => {
      const form = event.target as HTMLFormElement;
      if (!form.matches("[data-live]")) return;
      event.preventDefault();
      const pressed = event.submitter as HTMLButtonElement | null;
      void this.send({ do: pressed?.value ?? "" });
    });
    this.begin();
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.undo);
  }

  /** Ctrl+Z and its opposite, anywhere but in a field, where they are the field's. */
  private readonly undo = (event: KeyboardEvent): void => {
    const typing = (event.target as Element).closest("input, textarea, select");
    const key = event.key.toLowerCase();
    if (typing || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    void this.send({ do: key === "y" || event.shiftKey ? "redo" : "undo" });
  };

  private begin(): void {
    this.plan = planOf(this);
    if (!this.plan) return;
    this.classList.add("map-live");
    dragging(this.plan, {
      placed: (box, at, office) => void this.place(box, at, office),
      joined: (from, to) => void this.join(from, to),
    });
  }

  private say(words: string | undefined, box?: Box): void {
    this.status.textContent = (words ?? "").replace("{step}", box?.title ?? "");
  }

  private place(box: Box, at: number, office: string): Promise<void> {
    return this.send({ do: "place", step: box.key, at: String(at), office }, box);
  }

  private join(from: Box, to: Box): Promise<void> {
    const back = to.at < from.at;
    return this.send({ do: back ? "back" : "onward", step: from.key, target: to.key }, from);
  }

  /** Alt and an arrow move the box; W begins a way, which Enter on another box ends. */
  private key(event: KeyboardEvent): void {
    const plan = this.plan;
    if (!plan) return;
    const box = plan.boxes.find((each) => each.link === event.target);
    if (!box) return;
    if (event.altKey) {
      this.shift(event, box, plan);
    } else if (event.key === "Escape" && this.joining) {
      this.unjoin();
      this.say("");
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      event.preventDefault();
      const next = plan.boxes.find(
        (each) => each.at === box.at + (event.key === "ArrowRight" ? 1 : -1),
      );
      next?.link.focus();
    } else if (event.key === "Enter" && this.joining) {
      event.preventDefault();
      const from = this.joining;
      this.unjoin();
      if (from !== box) void this.join(from, box);
    } else if (event.key.toLowerCase() === "w") {
      this.joining = box;
      box.node.classList.add("map-aim");
      this.say(this.dataset.joining, box);
    } else if (event.key === "Delete") {
      event.preventDefault();
      void this.send({ do: "remove", step: box.key }, box);
    }
  }

  private unjoin(): void {
    this.joining?.node.classList.remove("map-aim");
    this.joining = null;
  }

  private shift(event: KeyboardEvent, box: Box, plan: Plan): void {
    const along = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const across = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (along !== undefined) {
      event.preventDefault();
      const at = box.at + along;
      if (at >= 0 && at < plan.boxes.length) void this.place(box, at, box.office);
    } else if (across !== undefined) {
      event.preventDefault();
      const lane = plan.lanes.findIndex((each) => each.office === box.office);
      const office = plan.lanes[lane + across]?.office;
      if (office) void this.place(box, box.at, office);
    }
  }

  private async send(asked: Sent, box?: Box): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]");
    const body = new URLSearchParams({ ...asked, csrfmiddlewaretoken: token?.value ?? "" });
    try {
      const sent = await fetch(this.dataset.url ?? "", {
        method: "POST",
        body,
        redirect: "manual",
      });
      // What is kept is answered by a redirect; anything else (a seat that has ended) kept nothing.
      if (sent.type !== "opaqueredirect") {
        location.reload();
        return;
      }
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const wrong = this.renew(await answer.text(), box);
      this.say(wrong || this.dataset.kept, box);
    } catch {
      this.say(this.dataset.lost, box);
    } finally {
      this.busy = false;
    }
  }

  /**
   * What the page shows now, in the place of what it showed; the finger stays on its box. What was
   * typed elsewhere on the page stays. Why the change was refused, if it was.
   */
  private renew(page: string, box?: Box): string {
    const made = new DOMParser().parseFromString(page, "text/html");
    const fresh = made.querySelector("journey-map");
    if (!fresh) {
      location.reload();
      return "";
    }
    const frame = this.querySelector<HTMLElement>(".map-frame");
    const at = { left: frame?.scrollLeft ?? 0, top: frame?.scrollTop ?? 0 };
    const before = figures(this);
    const focused = box?.key ?? (document.activeElement as HTMLElement | null)?.dataset.step;
    this.replaceChildren(...fresh.childNodes);
    this.querySelector(".map-frame")?.scrollTo(at);
    for (const [name, node] of figures(this)) {
      const was = before.get(name)?.dataset.said ?? "";
      node.dataset.said = node.textContent ?? "";
      if (was && was !== node.dataset.said) {
        node.insertAdjacentHTML("afterend", ' <span class="hint map-was"></span>');
        const line = node.nextElementSibling;
        if (line) line.textContent = (this.dataset.was ?? "").replace("{was}", was);
      }
    }
    for (const place of document.querySelectorAll("[data-renew]")) {
      const now = made.getElementById(place.id);
      if (now) place.replaceChildren(...now.childNodes);
    }
    this.begin();
    if (focused) {
      const there = this.querySelector<HTMLElement>(`a[data-step="${CSS.escape(focused)}"]`);
      // of a step that was taken out, the one that stands in its place
      const next = this.plan?.boxes[Math.min(box?.at ?? 0, this.plan.boxes.length - 1)]?.link;
      (there ?? next)?.focus();
    }
    return made.querySelector(".messages .notice-clay span")?.textContent ?? "";
  }
}

/** The figures of a run that are shown, by name. */
function figures(root: ParentNode): Map<string, HTMLElement> {
  const found = new Map<string, HTMLElement>();
  for (const node of root.querySelectorAll<HTMLElement>("[data-figure]")) {
    node.dataset.said ??= node.textContent ?? "";
    found.set(node.dataset.figure ?? "", node);
  }
  return found;
}
