// 全部操作: one sheet of all that can be done here and now, read off the page's own parts; typing narrows it, Enter takes one.
import { endsComposition, isComposing } from "./forms.js";
import { take } from "./keys.js";

// In the order in which they are offered: what this page is about, the pages of the desk, the rest of the head.
const GROUPS = { here: ":is(main, .undo) [data-do]", pages: ".side a", more: ".top [data-do]" };

function label(part) {
  if (part.dataset.do) return part.dataset.do;
  const copy = (part.querySelector(":scope > span") && part.matches(".side a") ? part.querySelector("span") : part).cloneNode(true);
  copy.querySelectorAll("kbd").forEach((key) => key.remove());
  return copy.textContent.trim();
}

// A case beside a list on a narrow page is folded away, and what is folded away is not to be done.
const isOffered = (part) => part.closest(".menu") !== null || part.checkVisibility();

// What moves the case stands before what only shows more of it.
const isStep = (part) => part.closest(".undo, .quick, .acts, aside, form.new") !== null;

function found() {
  return Object.entries(GROUPS).flatMap(([group, where]) => {
    const parts = Array.from(document.querySelectorAll(where)).filter(isOffered).sort((one, other) => isStep(other) - isStep(one));
    return parts.map((part) => ({ group, part, label: label(part), key: part.dataset.key ?? "" }));
  });
}

export function actions() {
  const dialog = document.querySelector("dialog.actions");
  if (dialog === null) return { open: () => false };
  const [box, list, none] = ["input", "[role=listbox]", ".none"].map((each) => dialog.querySelector(each));
  let all = [], shown = [], at = 0;

  function open() {
    all = found();
    box.value = "";
    narrow();
    dialog.showModal();
    box.focus();
    return true;
  }

  function narrow() {
    const words = box.value.trim().toLowerCase();
    shown = all.filter((each) => each.label.toLowerCase().includes(words) || each.key === words);
    // A key that was typed means its own action, whatever else has that letter.
    shown.sort((one, other) => (other.key === words && words !== "") - (one.key === words && words !== ""));
    draw();
    none.hidden = shown.length > 0;
    choose(0);
  }

  function draw() {
    const groups = new Map();
    for (const [n, each] of shown.entries()) {
      if (!groups.has(each.group)) groups.set(each.group, grouped(each.group));
      groups.get(each.group).append(option(each, n));
    }
    list.replaceChildren(...groups.values());
  }

  function grouped(name) {
    const group = document.createElement("div");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", dialog.dataset[name]);
    return group;
  }

  function option({ label: words, key }, n) {
    const made = document.createElement("div");
    made.id = `action-${n}`;
    made.setAttribute("role", "option");
    made.append(words);
    if (key) made.append(" ", Object.assign(document.createElement("kbd"), { textContent: key }));
    made.addEventListener("click", () => { at = n; go(); });
    return made;
  }

  function choose(n) {
    at = shown.length ? (n + shown.length) % shown.length : 0;
    list.querySelectorAll("[role=option]").forEach((each) => each.setAttribute("aria-selected", each.id === `action-${at}`));
    const chosen = list.querySelector("[aria-selected=true]");
    box.setAttribute("aria-activedescendant", chosen?.id ?? "");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  function go() {
    const chosen = shown[at];
    if (chosen === undefined) return;
    dialog.close();
    take(chosen.part);
  }

  box.addEventListener("input", narrow);
  box.addEventListener("keydown", (event) => {
    if (isComposing(event) || endsComposition(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(at + step);
    else if (event.key === "Enter") go();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { open };
}
