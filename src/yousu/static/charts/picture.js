// 图片: a chart with its title, days, source and as-of as one PNG.
const SHARPNESS = 2;
const MARGIN = 16;

export async function save(figure, chart) {
  const paper = getComputedStyle(figure);
  const map = figure.querySelector("svg.map");
  const body = map === null ? chart.renderToCanvas({ pixelRatio: SHARPNESS }) : await pictured(map);
  const part = figure.querySelector(".canvas, svg.map").getBoundingClientRect();
  const told = [...figure.querySelectorAll("figcaption strong, figcaption span, .note-small, .source")];
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const lines = told.flatMap((each) => wrapped(pen, each, part.width));
  const height = (which) => which.reduce((sum, line) => sum + line.height, 0);
  canvas.width = (part.width + 2 * MARGIN) * SHARPNESS;
  canvas.height = (part.height + height(lines) + 3 * MARGIN) * SHARPNESS;
  pen.fillStyle = paper.backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(SHARPNESS, SHARPNESS);
  const above = lines.filter((line) => line.isAbove);
  let y = written(pen, above, MARGIN) + MARGIN / 2;
  pen.drawImage(body, MARGIN, y, part.width, part.height);
  written(pen, lines.filter((line) => !line.isAbove), y + part.height + MARGIN / 2);
  canvas.toBlob((blob) => kept(blob, `${figure.dataset.chart}.png`));
}

// The texts of an element as lines no wider than the picture; Chinese breaks anywhere.
function wrapped(pen, element, width) {
  const style = getComputedStyle(element);
  const font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  pen.font = font;
  const lines = [""];
  for (const piece of element.textContent.match(/[\u0021-\u024f]+|\s+|[^]/gu) ?? []) {
    if (pen.measureText(lines.at(-1) + piece).width > width && lines.at(-1)) lines.push("");
    lines[lines.length - 1] += piece;
  }
  const isAbove = element.closest("figcaption") !== null;
  return lines.map((text) => ({ text, font, colour: style.color, height: parseFloat(style.fontSize) * 1.5, isAbove }));
}

function written(pen, lines, from) {
  let y = from;
  pen.textBaseline = "top";
  for (const line of lines) {
    pen.font = line.font;
    pen.fillStyle = line.colour;
    pen.fillText(line.text.trim(), MARGIN, y);
    y += line.height;
  }
  return y;
}

// The map is part of the page and gets its colours from its sheets: a picture of it takes them along.
function pictured(map) {
  const copy = map.cloneNode(true);
  const parts = (root) => [...root.querySelectorAll("path, text")];
  const named = ["fill", "stroke", "stroke-width", "paint-order", "font-family", "font-size", "font-weight", "text-anchor"];
  parts(map).forEach((part, at) => {
    const style = getComputedStyle(part);
    for (const name of named) parts(copy)[at].setAttribute(name, style.getPropertyValue(name));
  });
  const box = map.getBoundingClientRect();
  copy.setAttribute("width", box.width * SHARPNESS);
  copy.setAttribute("height", box.height * SHARPNESS);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  return image.decode().then(() => image);
}

function kept(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
