// 草稿: what is typed into a form with data-draft survives a lost session, a reload, the way back and an undo, in this tab alone.
const OWNER = "draft owner";

export function drafts() {
  own(document.querySelector(".live[data-code]")?.dataset.code);
  settle();
  document.querySelectorAll("form[data-draft]").forEach(keep);
  document.addEventListener("htmx:afterSwap", (event) => event.target.querySelectorAll?.("form[data-draft]").forEach(keep));
  document.addEventListener("submit", (event) => { if (event.target.matches('[action$="/logout/"]')) forget("draft ", "done "); });
}

const kept = (...beginnings) => Object.keys(sessionStorage).filter((key) => key !== OWNER && beginnings.some((each) => key.startsWith(each)));
const forget = (...beginnings) => kept(...beginnings).forEach((key) => sessionStorage.removeItem(key));

// Whoever signs in next in the same tab reads nothing of what another typed.
function own(code) {
  if (!code) return;
  if (sessionStorage.getItem(OWNER) !== code) forget("draft ", "done ");
  sessionStorage.setItem(OWNER, code);
}

// What was sent is no draft any more; as long as the act can be undone it is kept, and comes back with the undoing.
function settle() {
  const undone = document.querySelector("[data-undone]")?.dataset.undone;
  if (undone) {
    const words = sessionStorage.getItem(`done ${undone}`), [number, word] = undone.split(" ");
    const form = document.querySelector(`form[data-draft][action="/desk/cases/${number}/${word}/"]`);
    if (words && form) sessionStorage.setItem(`draft ${form.dataset.draft}`, words);
  }
  if (undone || !document.querySelector("form.undo")) forget("done ");
  for (const { dataset } of document.querySelectorAll("[data-done]")) {
    for (const key of kept(`draft ${dataset.done}`)) {
      sessionStorage.setItem(`done ${dataset.as ?? dataset.done}`, sessionStorage.getItem(key));
      sessionStorage.removeItem(key);
    }
  }
}

// Words that a one-time key did not fit go into another form, which has a key of its own.
function renew(key) {
  const before = JSON.parse(sessionStorage.getItem(key) || "null");
  if (before === null) return;
  delete before.form;
  sessionStorage.setItem(key, JSON.stringify(before));
}

function keep(form) {
  const key = `draft ${form.dataset.draft}`;
  if (document.querySelector("[data-used]")) renew(key);
  const before = JSON.parse(sessionStorage.getItem(key) || "null");
  if (before !== null) restore(form, before);
  form.addEventListener("input", () => sessionStorage.setItem(key, JSON.stringify(typed(form))));
  form.addEventListener("reset", () => sessionStorage.removeItem(key));
}

function fields(form) {
  const isKept = (field) => field.hasAttribute("data-kept") || !["hidden", "password", "file", "submit", "button"].includes(field.type);
  return Array.from(form.elements).filter((field) => field.name && isKept(field));
}

const isTick = (field) => field.type === "checkbox" || field.type === "radio";

function typed(form) {
  const values = {};
  for (const field of fields(form)) {
    if (!isTick(field) || field.checked) (values[field.name] ??= []).push(field.value);
  }
  return values;
}

// What the server sent back was typed later than the draft.
function isAsSent(field) {
  if (field.tagName !== "SELECT") return field.value === "" || field.value === field.defaultValue;
  const sent = Array.from(field.options).find((option) => option.defaultSelected) ?? field.options[0];
  return field.value === sent?.value;
}

function restore(form, before) {
  const left = structuredClone(before);
  for (const field of fields(form)) {
    if (isTick(field)) { if (before[field.name]?.includes(field.value)) field.checked = true; continue; }
    const value = left[field.name]?.shift();
    if (value !== undefined && isAsSent(field)) field.value = value;
  }
  form.closest("details")?.setAttribute("open", "");
}
