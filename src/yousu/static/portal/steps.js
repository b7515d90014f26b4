// 三步: one section at a time; the browser's own way back leads to the step before.
const SENT = "X-Part", PATIENCE_MS = 2500;

export function steps(form, sender) {
  const sections = Array.from(form.querySelectorAll("[data-step]"));
  const names = sections.map((section) => section.dataset.step);
  form.querySelectorAll("[data-of]").forEach((part) => { part.hidden = false; });

  function show(name, { isFocused = true } = {}) {
    const at = Math.max(0, names.indexOf(name));
    sections.forEach((section, n) => { section.hidden = n !== at; });
    form.dataset.at = names[at];
    if (names[at] === "how") look(form);
    if (!isFocused) return;
    sections[at].querySelector("h2").focus({ preventScroll: true });
    sections[at].scrollIntoView({ block: "start" });
  }
  function go(by) {
    const at = names.indexOf(form.dataset.at);
    if (by > 0 && at === 0 && isEmpty(form)) return;
    const name = names[at + by];
    history.pushState({ step: name }, "");
    show(name);
  }

  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-next]")) go(1);
    if (event.target.closest("[data-back]")) go(-1);
  });
  // Enter in a field goes on; it sends nothing before the last step.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.dataset.at !== "how") go(1);
    else sender.send(event.submitter);
  });
  // A link of the summary of errors leads to a field of another step.
  addEventListener("popstate", (event) => { if (form.isConnected && !location.hash) show(event.state?.step ?? names[0]); });
  document.querySelector(".refused")?.addEventListener("click", (event) => {
    const field = form.querySelector(event.target.closest("a")?.getAttribute("href") ?? "[data-none]");
    if (field === null) return;
    event.preventDefault();
    show(field.closest("[data-step]").dataset.step, { isFocused: false });
    field.focus();
  });

  const wrong = form.querySelector(".wrong")?.closest("[data-step]").dataset.step;
  history.replaceState({ step: wrong ?? names[0] }, "");
  show(wrong ?? (form.hasAttribute("data-answered") ? "how" : names[0]), { isFocused: false });
}

// Nothing said yet: the browser's own words say so at the field.
function isEmpty(form) {
  const text = form.elements.text;
  text.required = true;
  const empty = !text.reportValidity();
  text.required = false;
  return empty;
}

// The look before sending: what is there already, what becomes public, until when.
async function look(form) {
  const shown = form.querySelector("[data-check]"), offline = form.querySelector("[data-check-offline]");
  const asked = new FormData(form);
  asked.delete("photo");
  asked.set("do", "check");
  // A phone half typed is no reason not to look.
  asked.set("call_back", "no");
  const known = new URLSearchParams(asked).toString();
  if (form.dataset.looked === known) return;
  // The buttons come with the look, and never move under a thumb; a slow answer holds nobody up.
  form.dataset.looking = "";
  const patience = setTimeout(() => delete form.dataset.looking, PATIENCE_MS);
  try {
    const answer = await fetch(form.action, { method: "POST", body: asked, headers: { [SENT]: "check" } });
    if (!answer.ok) { shown.hidden = true; return; }
    shown.innerHTML = await answer.text();
    shown.hidden = false;
    offline.hidden = true;
    form.dataset.looked = known;
  } catch {
    shown.hidden = true;
    offline.hidden = false;
  } finally {
    clearTimeout(patience);
    delete form.dataset.looking;
  }
}
