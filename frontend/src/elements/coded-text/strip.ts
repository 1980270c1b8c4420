/** The margin of a paragraph: letters of its codes, and a list of its codings on request. */
import { ASIDE, type Block } from "./blocks";
import type { Code, Coding } from "./codings";
import { button, make } from "./make";
import { nameOf } from "./marks";
import type { Say } from "./words";

/** Letters in one margin; the list names the rest. */
const MOST = 12;

export function letterOf(code: Code | null): HTMLElement {
  const kind = `coded-letter coded-tint-${code?.colour ?? "plain"}`;
  return make("span", kind, code?.letter ?? "·");
}

/** Codings that touch one another stand together; those of a group with several overlap. */
export function groups(codings: Coding[]): Coding[][] {
  const found: Coding[][] = [];
  let reach = -1;
  for (const coding of codings) {
    const last = found[found.length - 1];
    if (last && coding.start < reach) last.push(coding);
    else found.push([coding]);
    reach = Math.max(reach, coding.end);
  }
  return found;
}

/** The names of the codings, each once, with how often it stands there. */
export function listed(codings: Coding[], say: Say): string {
  const count = new Map<string, number>();
  for (const coding of codings) {
    const name = [coding.code?.letter, nameOf(coding, say)].filter(Boolean).join(" ");
    count.set(name, (count.get(name) ?? 0) + 1);
  }
  return [...count].map(([name, n]) => (n > 1 ? `${name} ×${n}` : name)).join("; ");
}

function letters(codings: Coding[]): (HTMLElement | string)[] {
  const shown: (HTMLElement | string)[] = [];
  let alone = new Set<Code | null>();
  let left = MOST;
  for (const group of groups(codings)) {
    if (left <= 0) return [...shown, "…"];
    const codes = new Set(group.map((coding) => coding.code));
    if (group.length === 1) {
      const [code = null] = codes;
      if (alone.has(code)) continue;
      shown.push(letterOf(code));
      alone.add(code);
      left -= 1;
      continue;
    }
    alone = new Set();
    const over = make("span", "coded-over", ...Array.from(codes, letterOf).slice(0, left));
    if (codes.size > left) over.append("…");
    shown.push(over);
    left -= codes.size;
  }
  return shown;
}

/** Make, renew or take away the strip of a block. */
export function putStrip(block: Block, codings: Coding[], id: string, say: Say): void {
  const first = block.element.firstElementChild;
  const old = first?.classList.contains("coded-strip") ? (first as HTMLButtonElement) : null;
  if (!codings.length) {
    old?.remove();
    block.element.removeAttribute("aria-describedby");
    return;
  }
  const strip = old ?? make("button", `${ASIDE} coded-strip`);
  strip.setAttribute("aria-label", say("codings", { names: listed(codings, say) }));
  strip.replaceChildren(...letters(codings));
  if (old) return;
  strip.type = "button";
  strip.id = id;
  strip.setAttribute("aria-expanded", "false");
  block.element.prepend(strip);
  block.element.setAttribute("aria-describedby", id);
}

/** One line for each coding: letter, name, words, and how to take it away if it is one's own. */
export function lines(
  codings: Coding[],
  quote: (coding: Coding) => string,
  say: Say,
  uncode: ((coding: Coding) => void) | null,
): HTMLElement {
  const list = make("ul", "coded-lines");
  for (const coding of codings) {
    const state = coding.state === "kept" ? "" : ` · ${say(coding.state)}`;
    const text = make("span", "", make("b", "", nameOf(coding, say)), ` ${quote(coding)}${state}`);
    const line = make("li", "", letterOf(coding.code), text);
    if (coding.own && uncode)
      line.append(button("button-quiet", say("uncode"), () => uncode(coding)));
    list.append(line);
  }
  return list;
}
