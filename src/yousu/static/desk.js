// 工作台的快捷键: j k Enter n / Ctrl+Enter and the keys that a page's own parts name. Everything is also a link or a button.
"use strict";
(() => {
  const rows = () => Array.from(document.querySelectorAll("[data-row]"));
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
  let cursor = -1;

  function move(step) {
    const all = rows();
    if (all.length === 0) return;
    if (cursor < 0) cursor = all.findIndex((row) => row.classList.contains("here"));
    all.forEach((row) => row.classList.remove("cursor"));
    cursor = Math.min(Math.max(cursor + step, 0), all.length - 1);
    all[cursor].classList.add("cursor");
    const link = all[cursor].querySelector("a");
    link.focus({ preventScroll: true });
    all[cursor].scrollIntoView({ block: "nearest" });
  }

  function press(key) {
    const part = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (part === null) return false;
    const details = part.closest("details");
    if (part.tagName === "SUMMARY" && details !== null) {
      details.open = true;
      const first = details.querySelector("form input:not([type=hidden]), form textarea, form select, form button");
      (first || part).focus();
    } else {
      part.focus();
    }
    return true;
  }

  function submit(target) {
    const form = target.closest("form");
    if (form === null) return false;
    form.requestSubmit(form.querySelector("[data-submit], button.main") || undefined);
    return true;
  }

  document.addEventListener("keydown", (event) => {
    // While an input method composes, every key is its own.
    if (event.isComposing || event.keyCode === 229 || event.altKey) return;
    let done = false;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) done = submit(event.target);
    else if (event.ctrlKey || event.metaKey) return;
    else if (event.key === "Escape" && isTyping(event.target)) event.target.blur();
    else if (isTyping(event.target)) return;
    else if (event.key === "j" || event.key === "k") { move(event.key === "j" ? 1 : -1); done = true; }
    else if (event.key === "n" && document.querySelector('nav a[href="/desk/new/"]')) { location.href = "/desk/new/"; done = true; }
    else if (event.key === "Enter" && cursor >= 0 && event.target === document.body) { rows()[cursor]?.querySelector("a").click(); done = true; }
    else if (event.key.length === 1) done = press(event.key);
    if (done) event.preventDefault();
  });

  // The chosen row stays marked when its case was fetched beside the list.
  document.addEventListener("htmx:afterSwap", (event) => {
    const row = event.detail.requestConfig?.elt?.closest?.("[data-row]");
    if (!row) return;
    rows().forEach((other) => other.classList.toggle("here", other === row));
    cursor = rows().indexOf(row);
    row.closest(".panes")?.classList.add("chosen");
  });

  // On a narrow page the tabs run past the edge; the open one should be in sight.
  const here = document.querySelector("nav [aria-current]");
  if (here !== null) here.closest("ul").scrollLeft = here.offsetLeft - 16;
  document.querySelector("[data-refused]")?.focus();
})();
