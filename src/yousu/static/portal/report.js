// 反映: one form in three steps, with what helps while typing. Without a script it is one page with three sections.
import { danger } from "./danger.js";
import { draft } from "./draft.js";
import { photos } from "./photos.js";
import { place } from "./place.js";
import { sending } from "./sending.js";
import { steps } from "./steps.js";

const FIELDS = ["text", "type", "place", "lat", "lon", "call_back", "phone", "name", "confidential"];

// Called again when an answer of the server takes the form's place: `kept` are the photos chosen before.
function begin(kept = []) {
  const form = document.querySelector("form[data-report]");
  if (form === null) return;
  form.querySelectorAll("[data-script]").forEach((part) => { part.hidden = false; });
  form.querySelector("[data-plain]").remove();
  const pinned = place(form);
  const chosen = photos(form, kept, pinned);
  const saved = draft(form, FIELDS);
  danger(form);
  const sender = sending(form, { chosen, saved, begin });
  steps(form, sender);
  pinned.show();
  if (saved.isWaiting()) sender.again();
}

begin();
