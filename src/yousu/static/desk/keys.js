// 快捷键: j k Enter n / ? Esc Ctrl+Enter and the keys that a page's own parts name in data-key.
import { isComposing, submit } from "./forms.js";

const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
const areOn = () => document.body.dataset.keys !== "off";

export function keys(list) {
  const sheet = document.querySelector("dialog.keys");

  function press(key) {
    const part = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (part === null) return false;
    if (part.tagName === "SUMMARY") open(part);
    else if (part.matches("input, textarea, select")) part.focus();
    else part.click();
    return true;
  }

  function open(summary) {
    const details = summary.closest("details");
    details.open = true;
    const first = details.querySelector("form :is(input:not([type=hidden]), textarea, select, button)");
    (first || summary).focus();
    details.scrollIntoView({ block: "nearest" });
  }

  function single(event) {
    if (event.key === "?") { sheet?.showModal(); return sheet !== null; }
    if (event.key === "j" || event.key === "k") { list.move(event.key === "j" ? 1 : -1); return true; }
    if (event.key === "Enter") return event.target === document.body && list.open();
    return event.key.length === 1 && press(event.key);
  }

  function escape(target) {
    if (isTyping(target)) { target.blur(); return true; }
    const opened = target.closest("details[open]");
    if (opened) { opened.open = false; opened.querySelector("summary").focus(); return true; }
    const back = document.querySelector(".back a");
    if (back?.checkVisibility()) { back.click(); return true; }
    return false;
  }

  document.addEventListener("keydown", (event) => {
    // While an input method composes, every key is its own.
    if (isComposing(event) || event.altKey || sheet?.open) return;
    let done = false;
    const chord = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && chord) done = submit(event.target);
    else if (event.key === "Escape" && !chord) done = escape(event.target);
    else if (!chord && !isTyping(event.target) && areOn()) done = single(event);
    if (done) event.preventDefault();
  });
}
