// 门户: what every page of the portal does with a script. Without it every page works all the same.
import { forms } from "../desk/forms.js";
import { landing } from "../landing.js";
import { expire } from "./draft.js";

document.querySelectorAll("[data-script], [data-of]").forEach((part) => { if (!part.closest("[data-report]")) part.hidden = false; });
expire();

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (button?.matches("[data-print]")) print();
  if (button?.matches("[data-copy]")) {
    await navigator.clipboard.writeText(document.querySelector("[data-receipt]").innerText);
    button.textContent = button.dataset.copied;
  }
});
forms();
landing();
