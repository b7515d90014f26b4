// 照片: shown small before they are sent; large ones are made smaller; where one was taken is offered, not taken.
import { takenAt } from "./taken.js";

const MOST = 3, MOST_BYTES = 20 * 1024 * 1024, LARGE_BYTES = 5 * 1024 * 1024, LONGEST_SIDE = 2560, SHOWN = 96;
const KINDS = ["image/jpeg", "image/png", "image/webp", "image/gif"];

export function photos(form, kept, pinned) {
  const input = form.elements.photo, list = form.querySelector("[data-photos]");
  const told = (name, is) => { form.querySelector(`[data-photo-${name}]`).hidden = !is; };
  const asked = form.querySelector("[data-photo-place]");
  let files = [];

  function put() {
    const carried = new DataTransfer();
    files.forEach((file) => carried.items.add(file));
    input.files = carried.files;
    list.replaceChildren(...files.map(shown));
    list.hidden = files.length === 0;
    told("large", files.reduce((sum, file) => sum + file.size, 0) > MOST_BYTES);
  }
  function shown(file, n) {
    const item = document.createElement("li"), picture = document.createElement("canvas"), remove = document.createElement("button");
    picture.width = picture.height = SHOWN * 2;
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", file.name);
    draw(file, picture);
    remove.type = "button";
    remove.className = "quiet";
    remove.textContent = list.dataset.remove;
    remove.addEventListener("click", () => { files.splice(n, 1); put(); input.focus(); });
    item.append(picture, remove);
    return item;
  }
  async function take(chosen) {
    const pictures = chosen.filter((file) => KINDS.includes(file.type));
    told("wrong", pictures.length < chosen.length);
    told("many", files.length + pictures.length > MOST);
    const added = pictures.slice(0, MOST - files.length);
    const places = await Promise.all(added.map(takenAt));
    files = [...files, ...await Promise.all(added.map(smaller))];
    put();
    const place = places.find((each) => each !== null);
    if (place !== undefined && !pinned.isSet()) offer(place);
  }
  function offer([lat, lon]) {
    asked.hidden = false;
    asked.querySelector("[data-use]").onclick = () => { pinned.set(lat, lon); asked.hidden = true; };
    asked.querySelector("[data-not]").onclick = () => { asked.hidden = true; };
  }

  input.addEventListener("change", () => take(Array.from(input.files)));
  files = kept;
  if (files.length > 0) put();
  return () => files;
}

async function draw(file, canvas) {
  try {
    const image = await createImageBitmap(file);
    const side = Math.min(image.width, image.height);
    canvas.getContext("2d").drawImage(
      image, (image.width - side) / 2, (image.height - side) / 2, side, side, 0, 0, canvas.width, canvas.height);
  } catch { /* the server judges by the content and says what is wrong */ }
}

async function smaller(file) {
  if (file.size <= LARGE_BYTES || file.type === "image/gif") return file;
  try {
    const image = await createImageBitmap(file), by = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * by);
    canvas.height = Math.round(image.height * by);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return made === null || made.size >= file.size ? file : new File([made], file.name, { type: "image/jpeg" });
  } catch { return file; }
}
