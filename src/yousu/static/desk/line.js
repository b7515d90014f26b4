// 连线: hears of changes by server-sent events; where that cannot be, asks every 15 seconds. A hidden page does neither.
const ASK_MS = 15_000;
const ASK_SOON_MS = 1_000;
const HELLO_MS = 8_000;
const AGAIN_MS = 2_000;
const AGAIN_AT_MOST_MS = 60_000;
// Before the ticket expires, so that the line is never seen to break.
const RENEW_MS = 8 * 60_000;
const STILL_HERE_MS = 12_000;

export function line(sign, hear) {
  const url = sign.dataset.url;
  const now = { ticket: sign.dataset.ticket, position: sign.dataset.position, case: "", form: "" };
  const timers = {};
  // By this name a page that cannot listen is known to others; it tells nothing.
  const page = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  let source = null;
  let stream = "";
  let failed = 0;

  function show(state) {
    sign.dataset.state = state;
  }

  function later(name, act, ms) {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(act, ms);
  }

  function connect() {
    if (document.hidden) return;
    source?.close();
    stream = "";
    source = new EventSource(`${url}/events?${new URLSearchParams({ ticket: now.ticket, after: now.position, case: now.case })}`);
    source.addEventListener("hello", greeted);
    source.addEventListener("changed", (event) => { now.position = event.lastEventId; hear.changed(JSON.parse(event.data)); });
    source.addEventListener("present", (event) => hear.present({ ...JSON.parse(event.data), stream }));
    source.addEventListener("error", lost);
    // Some proxies take the connection and keep back everything that is said.
    later("hello", lost, HELLO_MS);
  }

  function greeted(event) {
    clearTimeout(timers.hello);
    clearTimeout(timers.ask);
    now.position = event.lastEventId || now.position;
    stream = JSON.parse(event.data).stream;
    failed = 0;
    show("streaming");
    if (now.form) tell();
    later("here", stillHere, STILL_HERE_MS);
    later("renew", async () => { await ask(); connect(); }, RENEW_MS * (0.8 + 0.2 * Math.random()));
  }

  function lost() {
    pause();
    hear.present({ case: now.case, people: [], stream });
    if (document.hidden) return;
    // Everybody loses a process that ends at the same moment, and should not ask at the same one.
    later("ask", askAgain, 1_000 * Math.random());
    later("again", connect, Math.min(AGAIN_MS * 2 ** failed, AGAIN_AT_MOST_MS) * (0.8 + 0.4 * Math.random()));
    failed += 1;
  }

  async function ask() {
    try {
      const body = new URLSearchParams({ case: now.case, form: now.form, page: stream ? "" : page });
      const headers = { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "" };
      const answer = await fetch("/desk/live/", { method: "POST", body, headers });
      // Signed out, it answers with the page for signing in.
      if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
      const told = await answer.json();
      now.ticket = told.ticket;
      if (!stream) show("polling");
      hear.changed({ counts: told.counts, moved: told.case ? [[told.case.number, told.case.version, []]] : [], much: false });
      if (!stream && told.people) hear.present({ case: now.case, people: told.people, stream: page });
    } catch {
      if (!stream) show("off");
    }
  }

  async function askAgain() {
    const said = now.case + now.form;
    await ask();
    // What somebody began meanwhile was not in that question.
    if (!stream && !document.hidden) later("ask", askAgain, said === now.case + now.form ? ASK_MS : ASK_SOON_MS);
  }

  function tell() {
    // Who cannot say it at once says it with the next question, which is not far then.
    if (!stream && sign.dataset.state === "polling") later("ask", askAgain, ASK_SOON_MS);
    if (!stream) return;
    const body = new URLSearchParams({ ticket: now.ticket, stream, case: now.case, form: now.form });
    // What is not heard now is told again soon, and a line that is gone says so itself.
    fetch(`${url}/presence`, { method: "POST", body }).catch(() => {});
  }

  function stillHere() {
    if (now.case) tell();
    later("here", stillHere, STILL_HERE_MS);
  }

  function pause() {
    Object.values(timers).forEach(clearTimeout);
    source?.close();
    source = null;
    stream = "";
  }

  function resume() {
    if (document.hidden) return;
    if (url) connect();
    else askAgain();
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? pause() : resume()));
  addEventListener("pagehide", pause);
  addEventListener("pageshow", (event) => event.persisted && resume());

  return {
    begin(number) {
      now.case = number;
      if (url) { connect(); return; }
      show("polling");
      // Whoever has a case open wants to know at once who else has.
      later("ask", askAgain, number ? ASK_SOON_MS : ASK_MS);
    },
    // Where this page is: the case it shows, and the command whose form is being filled in.
    say(number, form) {
      if (now.case === number && now.form === form) return;
      Object.assign(now, { case: number, form });
      tell();
    },
  };
}
