// 实时: what changes elsewhere shows here without a reload. Without it a page is as it was when it was opened.
import { changes } from "./changes.js";
import { line } from "./line.js";
import { openCase, presence } from "./presence.js";

export function live() {
  const sign = document.querySelector(".live[data-ticket]");
  if (sign === null) return;
  const hear = { changed: changes(), present: () => {} };
  const { begin, say } = line(sign, hear);
  hear.present = presence(sign, say);
  begin(openCase()?.dataset.case ?? "");
}
