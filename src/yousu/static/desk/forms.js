// 表单: sent once however often it is pressed; the Enter that ends a composition sends nothing.
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

export function forms() {
  let composedAt = -Infinity;
  document.addEventListener("compositionend", (event) => { composedAt = event.timeStamp; });
  document.addEventListener("keydown", (event) => {
    // Some input methods end their composition just before the Enter that confirmed it arrives.
    const endsOne = event.key === "Enter" && (isComposing(event) || event.timeStamp - composedAt < 40);
    if (endsOne && event.target.closest("input")) event.preventDefault();
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

export function submit(target) {
  const form = target.closest("form");
  if (form === null) return false;
  form.requestSubmit(form.querySelector("[data-submit], button.main") || undefined);
  return true;
}
