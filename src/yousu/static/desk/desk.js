// 工作台: what every page of the desk does with keys, lists and forms. Without it every page works all the same.
import { actions } from "./actions.js";
import { cursor } from "./cursor.js";
import { drafts } from "./drafts.js";
import { forms } from "./forms.js";
import { keys } from "./keys.js";
import { live } from "./live.js";
import { taking } from "./taking.js";
import { landing } from "../landing.js";

forms();
drafts();
taking();
keys(cursor(), actions());
live();

// On a narrow page the places run past the edge; the open one should be in sight.
const here = document.querySelector(".side [aria-current]");
if (here !== null) here.closest("nav").scrollLeft = here.offsetLeft - 16;
landing();
