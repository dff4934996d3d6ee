// The page: one area in view at a time, its map drawn when it is first seen.

import { readArea } from "./columns.js";
import { Mapping } from "./mapping.js";
import { readPeople } from "./people.js";
import { enliven } from "./tables.js";
import { switchTheme } from "./theme.js";

const packed = JSON.parse(document.getElementById("report-values").textContent);
const report = {
  people: readPeople(packed.people || {}),
  layers: packed.layers,
  contributions: packed.contributions,
  areas: packed.areas.map(readArea),
};
const links = [...document.querySelectorAll("[data-area-link]")];
const sections = new Map([...document.querySelectorAll("[data-area]")].map((one) => [one.dataset.area, one]));
const mappings = new Map();

// None where the map is withheld from the viewer of the page.
function mapping(slug) {
  const area = report.areas.find((one) => one.slug === slug);
  if (area && !mappings.has(slug)) {
    mappings.set(slug, new Mapping(sections.get(slug), report, area, jump));
  }
  return mappings.get(slug);
}

function show(slug) {
  sections.forEach((section, one) => section.classList.toggle("away", one !== slug));
  for (const link of links) {
    if (link.dataset.areaLink === slug) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  return mapping(slug);
}

// Show somebody on the map of an area.
function jump(slug, person) {
  const found = show(slug);
  const node = found?.area.places.get(person);
  if (node === undefined) return;
  found.section.querySelector("[data-part=map]").scrollIntoView({ block: "start" });
  found.open(node, { move: true });
}

function follow() {
  const slug = decodeURIComponent(location.hash.slice(1)).replace(/^area-/, "");
  if (sections.has(slug)) show(slug);
}

document.documentElement.classList.add("alive");
switchTheme(document.getElementById("theme"), () => mappings.forEach((one) => one.chart.renew()));
document.querySelectorAll("[data-table]").forEach(enliven);
for (const link of links) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    show(link.dataset.areaLink);
    scrollTo(0, 0);
  });
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-person]");
  if (button) jump(button.closest("[data-area]").dataset.area, Number(button.dataset.person));
});
addEventListener("hashchange", follow);
// On paper every area is shown, so every map is drawn, in the colours of paper.
addEventListener("beforeprint", () => {
  sections.forEach((section) => section.classList.remove("away"));
  sections.forEach((_, slug) => mapping(slug));
  mappings.forEach((one) => one.chart.resize() || one.chart.renew());
});
addEventListener("afterprint", () => {
  const current = links.find((link) => link.hasAttribute("aria-current"));
  if (current) show(current.dataset.areaLink);
  mappings.forEach((one) => one.chart.renew());
});
if (sections.size) show([...sections.keys()][0]);
follow();
