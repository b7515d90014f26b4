// 同看: who else is at this case, and who began to fill in the same form first. Nobody is held up by it.
const IDLE_MS = 30_000;

export const openCase = () => document.querySelector("article[data-case]");

export function presence(sign, say) {
  const isChinese = document.documentElement.lang.startsWith("zh");
  let idle;

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("article[data-case] form[data-draft]");
    if (!form) return;
    say(openCase().dataset.case, wordOf(form));
    clearTimeout(idle);
    idle = setTimeout(() => say(openCase()?.dataset.case ?? "", ""), IDLE_MS);
  });
  document.addEventListener("htmx:afterSwap", () => say(openCase()?.dataset.case ?? "", ""));

  return ({ case: number, people, stream }) => {
    const article = openCase();
    if (article === null || article.dataset.case !== number) return;
    const place = article.querySelector(".people");
    const me = people.findIndex((person) => person.stream === stream);
    const others = new Map();
    people.forEach((person, at) => {
      // Somebody with two pages is one person, at the one where something is being written.
      if (person.who === sign.dataset.code || (others.get(person.who)?.form && !person.form)) return;
      others.set(person.who, { ...person, isFirst: at < me && person.form !== "" && person.form === people[me].form });
    });
    place.replaceChildren(...Array.from(others.values(), (person) => said(person, place.dataset, article, isChinese)));
    place.classList.toggle("first", Array.from(others.values()).some((person) => person.isFirst));
    place.hidden = others.size === 0;
  };
}

function said(person, words, article, isChinese) {
  const line = document.createElement("span");
  const sentence = person.form === "" ? words.looking : person.isFirst ? words.first : words.typing;
  line.textContent = sentence.replace("#", isChinese ? person.zh : person.en).replace("@", labelOf(article, person.form));
  return line;
}

const wordOf = (form) => form.getAttribute("action").split("/").at(-2);

// As this page names the command; one that it does not offer has no name here.
function labelOf(article, word) {
  const summary = article.querySelector(`form[action$="/${CSS.escape(word)}/"][data-draft]`)?.closest("details")?.querySelector("summary");
  return summary?.firstChild.textContent.trim() ?? "…";
}
