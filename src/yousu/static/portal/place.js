// 位置: from the browser when asked, or from a map that loads when asked; shown, and taken away again.
export function place(form) {
  const { lat, lon } = form.elements, told = form.querySelector("[data-pinned]");
  const here = form.querySelector("[data-here]"), refused = form.querySelector("[data-here-refused]");
  const opener = form.querySelector("[data-map]"), box = form.querySelector("[data-map-box]");
  let map = null;

  function show() {
    const isPinned = lat.value.trim() !== "" && lon.value.trim() !== "";
    told.hidden = !isPinned;
    form.querySelector("[data-pin]").textContent = isPinned ? `${lat.value}, ${lon.value}` : "";
    map?.pin(isPinned ? [Number(lat.value), Number(lon.value)] : null);
  }
  function set(newLat, newLon) {
    lat.value = newLat.toFixed(5);
    lon.value = newLon.toFixed(5);
    refused.hidden = true;
    form.dispatchEvent(new Event("input"));
    show();
  }

  here.hidden = !("geolocation" in navigator) || !isSecureContext;
  here.addEventListener("click", () => {
    here.setAttribute("aria-busy", "true");
    const done = () => here.removeAttribute("aria-busy");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { done(); set(coords.latitude, coords.longitude); },
      () => { done(); refused.hidden = false; },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 });
  });
  form.querySelector("[data-unpin]").addEventListener("click", () => {
    lat.value = lon.value = "";
    form.dispatchEvent(new Event("input"));
    show();
    form.elements.place.focus();
  });
  opener.addEventListener("click", async () => {
    box.hidden = !box.hidden;
    opener.setAttribute("aria-expanded", String(!box.hidden));
    if (map === null && !box.hidden) {
      const { open } = await import("./map.js");
      map = await open(box, opener.dataset, { chosen: set, named: (name) => { form.elements.place.value ||= name; }, words: () => form.elements.place.value });
      show();
    }
  });
  for (const field of [lat, lon]) field.addEventListener("change", show);
  return { set, show, isSet: () => lat.value.trim() !== "" };
}
