const SVG = "http://www.w3.org/2000/svg";

/** An element with a class and what stands in it. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  look = "",
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (look) made.className = look;
  made.append(...inside);
  return made;
}

export function button(words: string, look: string, pressed: () => void): HTMLButtonElement {
  const made = make("button", look, words);
  made.type = "button";
  made.addEventListener("click", pressed);
  return made;
}

export function shape(
  name: string,
  attributes: Record<string, string>,
  ...inside: Element[]
): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

/** A line icon of 24 by 24, drawn along `d`. */
export function icon(d: string): SVGElement {
  const attributes = { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" };
  return shape("svg", attributes, shape("path", { d }));
}
