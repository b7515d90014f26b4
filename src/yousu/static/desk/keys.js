// 快捷键: j k Enter Esc Ctrl+Enter Ctrl+K . and the keys that a page's own parts name in data-key.
import { endsComposition, isComposing, submit } from "./forms.js";

const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
const areOn = () => document.body.dataset.keys !== "off";

// As if it had been pressed: a form unfolds with the cursor in it, a field takes the cursor, the rest is clicked.
export function take(part) {
  if (part.tagName === "SUMMARY") unfold(part);
  else if (part.matches("input, textarea, select")) part.focus();
  else part.click();
}

function unfold(summary) {
  const details = summary.closest("details");
  details.open = true;
  const first = details.querySelector("form :is(input:not([type=hidden]), textarea, select, button)");
  (first || summary).focus();
  details.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const parts = Array.from(document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`));
  const part = parts.find((each) => each.checkVisibility()) ?? parts[0];
  if (part === undefined) return false;
  take(part);
  return true;
}

function escape(target) {
  if (isTyping(target)) { target.blur(); return true; }
  const opened = target.closest("details[open]");
  if (opened) { opened.open = false; opened.querySelector("summary").focus(); return true; }
  const back = document.querySelector(".back a");
  if (back?.checkVisibility()) { back.click(); return true; }
  return false;
}

export function keys(list, actions) {
  function single(event) {
    if (event.key === ".") return actions.open();
    if (event.key === "j" || event.key === "k") { list.move(event.key === "j" ? 1 : -1); return true; }
    if (event.key === "Enter") return event.target === document.body && list.open();
    return event.key.length === 1 && press(event.key);
  }

  document.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-opens]")?.dataset.opens;
    if (asked === "actions") actions.open();
    if (asked === "keys") document.querySelector("dialog.keys").showModal();
  });
  document.addEventListener("keydown", (event) => {
    // While an input method composes, every key is its own; an open sheet has keys of its own.
    if (isComposing(event) || event.altKey || document.querySelector("dialog[open]")) return;
    let done = false;
    const chord = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && chord) done = !endsComposition(event) && submit(event.target, { isSecond: event.shiftKey });
    else if (event.key.toLowerCase() === "k" && chord) done = actions.open();
    else if (event.key === "Escape" && !chord) done = escape(event.target);
    else if (!chord && !isTyping(event.target) && areOn()) done = single(event);
    if (done) event.preventDefault();
  });
}
