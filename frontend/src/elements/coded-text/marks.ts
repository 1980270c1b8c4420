/**
 * Passages as real <mark> elements: for reading aloud, for print, and for browsers without
 * highlights. After the last word of a passage stand its letter and, for ears, its name.
 */
import { ASIDE, type Block } from "./blocks";
import type { Coding } from "./codings";
import { looks } from "./highlights";
import { make, mute } from "./make";
import { toUnit } from "./positions";
import type { Say } from "./words";

interface Cut {
  coding: Coding;
  from: number;
  to: number;
  /** The passage ends here, not in a later paragraph. */
  last: boolean;
}

function cutsOf(block: Block, codings: Coding[]): Cut[] {
  return codings.map((coding) => ({
    coding,
    from: toUnit(block, coding.start),
    to: toUnit(block, coding.end),
    last: coding.end <= block.start + block.length,
  }));
}

/** Letter and name of a code, as real text, kept out of what is copied and counted. */
function tag(coding: Coding, say: Say): HTMLElement {
  const shown = mute(make("span", "", coding.code?.letter ?? "·"));
  const heard = make("span", "visually-hidden", ` (${nameOf(coding, say)}) `);
  return make("sup", `${ASIDE} coded-tag`, shown, heard);
}

export function nameOf(coding: Coding, say: Say): string {
  const name = coding.code?.name ?? say("unnamed");
  return coding.against ? `${name}, ${say("counter")}` : name;
}

function stripOf(block: Block): Element | null {
  const first = block.element.firstElementChild;
  return first?.classList.contains("coded-strip") ? first : null;
}

/** Put the text of the block anew, with its passages as marks. */
export function putMarks(block: Block, codings: Coding[], say: Say): void {
  const cuts = cutsOf(block, codings);
  const edges = new Set([0, block.text.length]);
  for (const { from, to } of cuts) edges.add(from).add(to);
  const sorted = [...edges].sort((a, b) => a - b);
  const strip = stripOf(block);
  const parts: Node[] = strip ? [strip] : [];
  for (let n = 0; n + 1 < sorted.length; n += 1) {
    const from = sorted[n] as number;
    const to = sorted[n + 1] as number;
    const over = cuts.filter((cut) => cut.from <= from && cut.to >= to);
    const text = document.createTextNode(block.text.slice(from, to));
    parts.push(over.length ? wrapped(text, over) : text);
    for (const cut of over) if (cut.last && cut.to === to) parts.push(tag(cut.coding, say));
  }
  block.element.replaceChildren(...parts);
  block.marked = true;
}

function wrapped(text: Text, over: Cut[]): HTMLElement {
  const names = over.reduce<string[]>((all, cut) => all.concat(looks(cut.coding)), []);
  if (over.length > 1) names.push("over");
  const kinds = new Set(names.map((name) => `coded-mark-${name}`));
  return make("mark", ["coded-mark", ...kinds].join(" "), text);
}

/** Back to one text node. */
export function putPlain(block: Block): void {
  if (!block.marked) return;
  const strip = stripOf(block);
  block.element.replaceChildren(...(strip ? [strip] : []), block.node);
  block.marked = false;
}
