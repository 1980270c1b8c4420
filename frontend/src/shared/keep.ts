/**
 * Forms marked with `data-keep` lose nothing when the network is gone: what was typed stays in this
 * tab until a page of ours answers; without a network the form is not sent, and says so.
 */
const PREFIX = "vuon:form:";
const SENT = "vuon:form-sent";

type Values = Record<string, string>;

function keyOf(form: HTMLFormElement): string {
  return PREFIX + new URL(form.action, location.href).pathname;
}

function fields(form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement)[] {
  return [...form.elements].filter(
    (field): field is HTMLInputElement | HTMLTextAreaElement =>
      field instanceof HTMLTextAreaElement ||
      (field instanceof HTMLInputElement && ["text", "number", "date"].includes(field.type)),
  );
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
    const said = values[field.name];
    if (said !== undefined) field.value = said;
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
      const values: Values = {};
      for (const { name, value } of fields(form)) values[name] = value;
      kept.setItem(keyOf(form), JSON.stringify(values));
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
