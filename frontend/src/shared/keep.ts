/**
 * Forms marked with `data-keep` lose nothing when the network is gone: what was typed stays in this
 * tab until a page of ours answers; without a network the form is not sent, and says so.
 */
const PREFIX = "vuon:form:";
const SENT = "vuon:form-sent";

/** What was typed, by name; what is ticked and chosen, by name and value. */
type Values = Record<string, string>;
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function keyOf(form: HTMLFormElement): string {
  return PREFIX + new URL(form.action, location.href).pathname;
}

function fields(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (field): field is Field =>
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement ||
      (field instanceof HTMLInputElement && !["hidden", "file", "submit"].includes(field.type)),
  );
}

function isTick(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && ["radio", "checkbox"].includes(field.type);
}

function read(form: HTMLFormElement): Values {
  const values: Values = {};
  for (const field of fields(form)) {
    if (isTick(field)) values[`${field.name}=${field.value}`] = field.checked ? "1" : "";
    else values[field.name] = field.value;
  }
  return values;
}

function storage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

function restore(form: HTMLFormElement, kept: Storage): void {
  const written = kept.getItem(keyOf(form));
  if (!written) return;
  const values = JSON.parse(written) as Values;
  for (const field of fields(form)) {
    const said = values[isTick(field) ? `${field.name}=${field.value}` : field.name];
    if (said === undefined) continue;
    if (isTick(field)) field.checked = said === "1";
    else field.value = said;
  }
}

export function keepForms(page: Document = document): void {
  const kept = storage();
  if (!kept) return;
  const forms = [...page.querySelectorAll<HTMLFormElement>("form[data-keep]")];
  // A page of ours has come: what was sent from the page before has been answered.
  const answered = kept.getItem(SENT);
  if (answered) kept.removeItem(answered);
  kept.removeItem(SENT);
  for (const form of forms) {
    restore(form, kept);
    form.addEventListener("input", () => {
      kept.setItem(keyOf(form), JSON.stringify(read(form)));
    });
    form.addEventListener("submit", (event) => {
      if (navigator.onLine) {
        kept.setItem(SENT, keyOf(form));
        return;
      }
      event.preventDefault();
      tell(form);
    });
  }
}

function tell(form: HTMLFormElement): void {
  let line = form.querySelector<HTMLElement>(".kept-here");
  if (!line) {
    line = document.createElement("p");
    line.className = "notice notice-sun kept-here";
    line.setAttribute("role", "alert");
    form.append(line);
  }
  line.textContent = form.dataset.keep ?? "";
}
