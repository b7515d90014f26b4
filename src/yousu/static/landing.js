// 落脚: where the keyboard stands after an act or on the way back: what was refused, what was done, the next one.
const ACTED = "acted";

export function landing() {
  document.addEventListener("submit", (event) => {
    if (event.target.method === "post" && event.target.closest("main, .undo") && !event.defaultPrevented) sessionStorage.setItem(ACTED, "yes");
  });
  const acted = sessionStorage.getItem(ACTED) !== null;
  sessionStorage.removeItem(ACTED);
  const place = document.querySelector("[data-refused]") ?? (acted ? afterAct() : comingBack());
  if (!place) return;
  if (!place.matches("a, button, input, [tabindex]")) place.tabIndex = -1;
  place.focus();
}

function afterAct() {
  const told = document.querySelector("[data-told]"), done = document.querySelector("form.undo span");
  const next = told ?? document.querySelector("[data-row].here a") ?? document.querySelector("article.case h2, main .empty, main h1");
  // Who does not see the bar hears what was done together with what comes next.
  if (done && next) { done.id ||= "done"; next.setAttribute("aria-describedby", done.id); }
  return next;
}

// From a case back to its list: the row that was left.
function comingBack() {
  const from = document.referrer.startsWith(location.origin) ? document.referrer : "";
  const number = from.match(/\/desk\/cases\/(\d{10})\//)?.[1];
  return number ? document.querySelector(`[data-row="${number}"] a`) : null;
}
