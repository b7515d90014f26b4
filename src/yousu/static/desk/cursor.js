// 光标: one row of a list is the chosen one; j and k move it, Enter opens it.
export function cursor() {
  const rows = () => Array.from(document.querySelectorAll("[data-row]"));
  let at = -1;

  function move(step) {
    const all = rows();
    if (all.length === 0) return;
    if (at < 0) at = all.findIndex((row) => row.contains(document.activeElement));
    if (at < 0) at = all.findIndex((row) => row.classList.contains("here"));
    all.forEach((row) => row.classList.remove("cursor"));
    at = Math.min(Math.max(at + step, 0), all.length - 1);
    all[at].classList.add("cursor");
    all[at].querySelector("a").focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "nearest" });
  }

  // A list that was shown anew: the case beside it is still the one that was open.
  function renewed() {
    const open = document.querySelector("#pane [data-case]")?.dataset.case;
    if (open) rows().forEach((row) => row.classList.toggle("here", row.dataset.row === open));
    at = -1;
  }

  function open() {
    rows()[at]?.querySelector("a").click();
    return at >= 0;
  }

  function choose(row) {
    rows().forEach((other) => other.classList.toggle("here", other === row));
    at = rows().indexOf(row);
    row.closest(".panes")?.classList.add("chosen");
  }

  // What stands beside the list already is not fetched again: a form that was just unfolded there would be gone.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const row = event.detail.elt?.closest?.("[data-row]");
    const shown = document.querySelector("#pane [data-case]");
    if (!row || event.detail.target?.id !== "pane" || shown?.dataset.case !== row.dataset.row) return;
    if (shown.dataset.version !== row.dataset.version) return;
    event.preventDefault();
    choose(row);
  });

  // The chosen row stays marked when its case was fetched beside the list.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id === "list") return renewed();
    const row = event.detail.requestConfig?.elt?.closest?.("[data-row]");
    if (row) choose(row);
  });

  return { move, open };
}
