// 图表: each chart is drawn when it comes into sight; without this script its table is the chart.
import { options } from "./charts/options.js";
import { save } from "./charts/picture.js";

const library = () => import("./vendor/echarts-6.1.0/echarts.js");
const drawn = new Map();
const told = (figure) => JSON.parse(figure.querySelector("script[type='application/json']").textContent);

async function draw(figure) {
  if (drawn.has(figure)) return;
  const { init } = await library();
  if (drawn.has(figure)) return;
  const canvas = figure.querySelector(".canvas");
  const chart = init(canvas);
  drawn.set(figure, chart);
  paint(figure);
  chart.on("click", ({ dataIndex }) => open(told(figure).rows[dataIndex]?.href));
  new ResizeObserver(() => chart.resize()).observe(canvas);
  figure.dataset.drawn = "";
}

function paint(figure) {
  drawn.get(figure).setOption(options(told(figure), figure), true);
}

function open(address) {
  if (address) window.location.assign(address);
}

// On paper everything is light, and what was never seen shows its table.
function printing(isOnPaper) {
  for (const figure of figures) {
    if (isOnPaper) figure.dataset.theme = "light";
    else delete figure.dataset.theme;
    if (drawn.has(figure)) paint(figure);
    else if (isOnPaper && !figure.querySelector(".map")) figure.querySelector("details.table").open = true;
  }
}

const figures = [...document.querySelectorAll("figure.chart")];
const sight = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    sight.unobserve(target);
    draw(target);
  }
}, { rootMargin: "200px" });

for (const figure of figures) {
  const table = figure.querySelector("details.table");
  if (table !== null) {
    table.open = false;
    table.dataset.ready = "";
  }
  if (figure.querySelector(".canvas") !== null) sight.observe(figure);
  const button = figure.querySelector("[data-png]");
  if (button === null) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (figure.querySelector(".canvas") !== null) await draw(figure);
    save(figure, drawn.get(figure));
  });
}
matchMedia("print").addEventListener("change", (paper) => printing(paper.matches));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => [...drawn.keys()].forEach(paint));
