// 草稿: what is typed into a form with data-draft survives a lost session, a reload and the way back, in this tab alone.
export function drafts() {
  document.querySelectorAll("form[data-draft]").forEach(keep);
  document.addEventListener("htmx:afterSwap", (event) => event.target.querySelectorAll?.("form[data-draft]").forEach(keep));
}

function keep(form) {
  const key = `draft ${form.dataset.draft}`;
  if (document.querySelector(`[data-done="${CSS.escape(form.dataset.draft)}"]`)) sessionStorage.removeItem(key);
  const kept = JSON.parse(sessionStorage.getItem(key) || "null");
  if (kept !== null) restore(form, kept);
  form.addEventListener("input", () => sessionStorage.setItem(key, JSON.stringify(typed(form))));
  form.addEventListener("reset", () => sessionStorage.removeItem(key));
}

function fields(form) {
  return Array.from(form.elements).filter((field) => field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type));
}

function typed(form) {
  const values = {};
  for (const field of fields(form)) {
    const isTick = field.type === "checkbox" || field.type === "radio";
    if (!isTick) (values[field.name] ??= []).push(field.value);
    else if (field.checked) (values[field.name] ??= []).push(field.value);
  }
  return values;
}

function restore(form, kept) {
  const left = structuredClone(kept);
  for (const field of fields(form)) {
    const isTick = field.type === "checkbox" || field.type === "radio";
    if (isTick) { if (kept[field.name]?.includes(field.value)) field.checked = true; continue; }
    const value = left[field.name]?.shift();
    // What the server sent back was typed later than the draft.
    if (value !== undefined && (field.value === "" || field.value === field.defaultValue) && !form.closest("[data-answered]")) field.value = value;
  }
  form.closest("details")?.setAttribute("open", "");
}
