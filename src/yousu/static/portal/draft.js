// 草稿: what is typed stays on this device for a day, until it is sent or cleared. Never the phone unless ticked.
const KEY = "report draft", DAY_MS = 24 * 3600 * 1000, PERSONAL = ["phone", "name"];

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) || "null");
    if (kept !== null && Date.now() - kept.at < DAY_MS) return kept;
    localStorage.removeItem(KEY);
  } catch { /* a browser that keeps nothing, or keeps it for nobody to read */ }
  return null;
}

export function expire() { read(); }

export function draft(form, names) {
  const banner = document.querySelector("[data-draft]"), part = (name) => banner.querySelector(`[data-${name}]`);
  const keepsPhone = form.querySelector("[data-keep-phone]");
  let state = read();

  const value = (name) => {
    const field = form.elements[name];
    if (field instanceof RadioNodeList) return field.value;
    return field?.type === "checkbox" ? (field.checked ? field.value : "") : field?.value ?? "";
  };
  const put = (name, said) => {
    const field = form.elements[name];
    if (field === undefined || said === undefined) return;
    if (field instanceof RadioNodeList) { if (said) field.value = said; }
    else if (field.type === "checkbox") field.checked = said === field.value;
    else field.value = said;
  };
  const kept = () => names.filter((name) => keepsPhone.checked || !PERSONAL.includes(name));
  function write(more = {}) {
    const typed = Object.fromEntries(kept().map((name) => [name, value(name)]));
    state = { at: Date.now(), form: form.elements.form.value, keepsPhone: keepsPhone.checked, typed, ...more };
    try { localStorage.setItem(KEY, JSON.stringify(state)); } catch { /* full or forbidden: the page still holds it */ }
  }
  function tell(what) {
    banner.hidden = what === "";
    for (const name of ["kept", "waiting", "stopped"]) part(name).hidden = name !== what;
    part("again").hidden = what !== "waiting";
  }
  function clear() {
    try { localStorage.removeItem(KEY); } catch { /* nothing was kept */ }
    state = null;
    tell("");
  }

  const said = (typed) => (typed.text || typed.place || "").trim() !== "";
  // What the server sent back was typed later than the draft.
  if (state !== null && said(state.typed) && !form.hasAttribute("data-answered")) {
    keepsPhone.checked = state.keepsPhone;
    Object.entries(state.typed).forEach(([name, words]) => put(name, words));
    form.elements.form.value = state.form;
    const lacksPhone = state.waiting && state.typed.call_back === "yes" && !state.typed.phone;
    if (lacksPhone) write();
    tell(lacksPhone ? "stopped" : "kept");
  }
  form.addEventListener("input", () => write());
  form.addEventListener("change", () => write());
  part("clear").addEventListener("click", () => {
    clear();
    form.reset();
    // Never the key of something that may have been sent already.
    location.reload();
  });
  return { clear, tell, wait: () => { write({ waiting: true }); tell("waiting"); }, isWaiting: () => state?.waiting === true };
}
