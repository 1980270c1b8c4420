/** Elements in one line. */
type Tags = HTMLElementTagNameMap;

export function make<T extends keyof Tags>(
  tag: T,
  kind = "",
  ...inside: (Node | string)[]
): Tags[T] {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  made.append(...inside);
  return made;
}

export function button(kind: string, words: string, act: () => void): HTMLButtonElement {
  const made = make("button", kind, words);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/** Not for ears: what is said otherwise there. */
export function mute<T extends Element>(element: T): T {
  element.setAttribute("aria-hidden", "true");
  return element;
}
