// 表单: sent once however often it is pressed; the Enter that ends a composition sends nothing.
export const isComposing = (event) => event.isComposing || event.keyCode === 229;
// Some input methods end their composition just before the Enter that confirmed it arrives.
const JUST_NOW_MS = 40;
let composedAt = -Infinity;
export const endsComposition = (event) => event.key === "Enter" && (isComposing(event) || event.timeStamp - composedAt < JUST_NOW_MS);

export function forms() {
  document.addEventListener("compositionend", (event) => { composedAt = event.timeStamp; });
  document.addEventListener("keydown", (event) => {
    if (endsComposition(event) && event.target.closest("input")) event.preventDefault();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
  });
  // A page that comes back from the browser's memory may be sent again.
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(reopen));
  document.addEventListener("htmx:afterRequest", (event) => event.detail.elt?.closest?.("form") && reopen(event.detail.elt.closest("form")));
}

function reopen(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}

// Ctrl+Enter presses a form's main button; with Shift, the second one that a form names.
export function submit(target, { isSecond = false } = {}) {
  const form = target.closest("form") ?? document.querySelector("form.new");
  const button = form?.querySelector(isSecond ? "[data-second]" : "[data-submit], button.main");
  if (!form || (isSecond && !button)) return false;
  form.requestSubmit(button ?? undefined);
  return true;
}
