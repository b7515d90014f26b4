// 地图: Leaflet with the city's known places; tiles only where the operator names them.
const NAMES_FROM_ZOOM = 14, CLOSE = 15, MOST_NAMES = 40;

export async function open(box, { map: places, leaflet, tiles, credit }, { chosen, named, words }) {
  await Promise.all([sheet(`${leaflet}.css`), script(`${leaflet}.js`)]);
  const { L } = window;
  const known = await (await fetch(places)).json();
  const map = L.map(box.querySelector(".map"), { attributionControl: tiles !== "", maxZoom: 18, zoomAnimation: false, fadeAnimation: false });
  // Where the words say, else where most of the city is.
  const meant = known.places.find(([name]) => words().includes(name));
  if (meant) map.setView(meant.slice(1), CLOSE); else map.fitBounds(middle(known.places) ?? known.box);
  if (tiles) L.tileLayer(tiles, { attribution: text(credit), maxZoom: 18 }).addTo(map);
  const colour = getComputedStyle(document.documentElement).getPropertyValue("--accent").trim(), renderer = L.canvas();
  const dots = known.places.map(([name, lat, lon]) => {
    const dot = L.circleMarker([lat, lon], { radius: 5, color: colour, weight: 1, renderer });
    return dot.addTo(map).bindTooltip(text(name), { permanent: true, direction: "right" }).on("click", () => named(name));
  });
  // Names only where there is room for them.
  const names = () => {
    const seen = map.getBounds(), near = map.getZoom() < NAMES_FROM_ZOOM ? [] : dots.filter((dot) => seen.contains(dot.getLatLng()));
    const legible = new Set(near.slice(0, MOST_NAMES));
    dots.forEach((dot) => { if (legible.has(dot)) dot.openTooltip(); else dot.closeTooltip(); });
  };
  map.on("moveend", names);
  map.on("click", ({ latlng }) => chosen(latlng.lat, latlng.lng));
  box.querySelector("[data-centre]").addEventListener("click", () => chosen(map.getCenter().lat, map.getCenter().lng));
  names();

  const pin = L.marker(map.getCenter(), { icon: L.divIcon({ className: "pin", iconSize: [22, 22], iconAnchor: [4, 26] }), keyboard: false, interactive: false });
  return {
    pin(at) {
      if (at === null) { pin.remove(); return; }
      pin.setLatLng(at).addTo(map);
      if (!map.getBounds().contains(at)) map.setView(at, CLOSE);
    },
  };
}

// The box around all but the outermost tenth on each side.
function middle(places) {
  if (places.length < 20) return null;
  const side = (n) => places.map((place) => place[n]).sort((a, b) => a - b);
  const [lats, lons] = [side(1), side(2)], low = Math.floor(places.length / 10), high = places.length - 1 - low;
  return [[lats[low], lons[low]], [lats[high], lons[high]]];
}

// Leaflet takes words for markup.
function text(words) {
  const part = document.createElement("span");
  part.textContent = words;
  return part.innerHTML;
}

function sheet(href) {
  return loaded(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
}

function script(src) {
  return loaded(Object.assign(document.createElement("script"), { src }));
}

function loaded(part) {
  return new Promise((done, failed) => {
    part.onload = done;
    part.onerror = () => failed(new Error("not loaded"));
    document.head.append(part);
  });
}
