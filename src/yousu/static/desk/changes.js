// 变化: counts at the side change by themselves; a list or a case only says that it has, and changes when asked to.
const written = (count) => (count === "0" ? "" : count);
const figure = (text) => Number.parseInt(text || "0", 10);

export function changes() {
  const bar = document.querySelector("a[data-changes]");
  const count = (list) => figure(document.querySelector(`.side [data-waiting="${CSS.escape(list)}"]`)?.textContent);
  const changed = new Set();
  let listed = bar ? count(bar.dataset.list) : 0;

  function side(counts) {
    for (const [list, shown] of Object.entries(counts)) {
      const place = document.querySelector(`.side [data-waiting="${CSS.escape(list)}"]`);
      if (place !== null && place.textContent !== written(shown)) place.textContent = written(shown);
    }
  }

  function list({ moved, much }) {
    const here = new Map(Array.from(document.querySelectorAll("[data-row]"), (row) => [row.dataset.row, Number(row.dataset.version)]));
    const difference = count(bar.dataset.list) - listed;
    // Of a list that goes on, what moves on a later page would show nothing here.
    const takes = difference > 0 || document.querySelector("#list [rel=next]") === null;
    for (const [number, version, lists] of moved) {
      if (here.has(number) ? version > here.get(number) : takes && lists.includes(bar.dataset.list)) changed.add(number);
    }
    say(changed.size || Math.abs(difference), much);
  }

  function say(n, much) {
    const words = n > 0 ? bar.dataset.changes.replace("#", much ? `${n}+` : n) : "";
    if (bar.textContent === words) return;
    bar.textContent = words;
    bar.hidden = words === "";
    bar.closest(".about")?.classList.toggle("changed", words !== "");
  }

  function open({ moved }) {
    const article = document.querySelector("article[data-case]");
    const found = moved.find(([number]) => number === article?.dataset.case);
    if (found === undefined || found[1] <= Number(article.dataset.version)) return;
    const notice = article.querySelector(".moved");
    notice.hidden = false;
    notice.dataset.version = found[1];
  }

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "list") return;
    changed.clear();
    listed = count(bar.dataset.list);
    say(0, false);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest(".moved a")) carry(event.target.closest("article"), event.target.closest(".moved").dataset.version);
  });

  return (news) => {
    side(news.counts);
    if (bar !== null) list(news);
    open(news);
  };
}

// What was typed at the version that was open goes on to the one that is shown next.
function carry(article, version) {
  const { case: number, version: before } = article.dataset;
  for (const key of Object.keys(sessionStorage)) {
    const [draft, of, word, at] = key.split(" ");
    if (draft === "draft" && of === number && at === before) sessionStorage.setItem(`draft ${number} ${word} ${version}`, sessionStorage.getItem(key));
  }
}
