// 提交: once, with the form's one-time key; without a network it waits on this device and goes when there is one.
export function sending(form, { chosen, saved, begin }) {
  let isUnderWay = false, last = null;
  const again = document.querySelector("[data-again]");

  async function send(submitter) {
    if (isUnderWay) return;
    isUnderWay = true;
    form.setAttribute("aria-busy", "true");
    last = submitter ?? last;
    const said = new FormData(form);
    said.set("do", "send");
    if (last?.name === "support") said.set("support", last.value);
    try {
      const answer = await fetch(form.action, { method: "POST", body: said, headers: { "X-Part": "check" } });
      const html = await answer.text();
      if (answer.redirected) { saved.clear(); location.assign(answer.url); return; }
      show(html);
    } catch {
      saved.wait();
      document.querySelector("[data-draft]").scrollIntoView({ block: "start" });
    } finally {
      isUnderWay = false;
      form.removeAttribute("aria-busy");
    }
  }

  // What the server answered takes the form's place; the photos stay chosen.
  function show(html) {
    const main = new DOMParser().parseFromString(html, "text/html").querySelector("#main");
    if (main === null) {
      // The look before sending, with what is wrong in it.
      const look = form.querySelector("[data-check]");
      look.innerHTML = html;
      look.hidden = false;
      look.querySelector("[aria-invalid]")?.focus();
      return;
    }
    if (main.querySelector("form[data-report]")) {
      document.querySelector("#main").replaceChildren(...main.children);
      removeEventListener("online", resume);
      begin(chosen());
    } else {
      // A page of its own that says what went wrong: its words, above the form that stays as it is.
      document.querySelector(".refused")?.remove();
      const told = document.createElement("div");
      told.className = "refused";
      told.setAttribute("role", "alert");
      told.append(...Array.from(main.querySelectorAll("h1, p"), (part) => Object.assign(document.createElement("p"), { textContent: part.textContent })));
      form.before(told);
    }
    scrollTo(0, 0);
    const told = document.querySelector(".refused");
    told?.setAttribute("tabindex", "-1");
    told?.focus();
  }
  const resume = () => { if (saved.isWaiting()) send(); };
  addEventListener("online", resume);
  again.addEventListener("click", () => send());
  return { send, again: resume };
}
