// A map with its search, its filters and its profile, for one area.

import { Chart } from "./chart.js";
import { count, make, name } from "./dom.js";
import { called, findable, matches } from "./people.js";
import { profile } from "./profile.js";

const RESULTS = 10;

export class Mapping {
  constructor(section, report, area, jump) {
    this.report = report;
    this.area = area;
    this.jump = jump;
    this.section = section;
    const part = (kind) => section.querySelector(`[data-part=${kind}]`);
    this.parts = Object.fromEntries(
      ["canvas", "search", "results", "status", "community", "role", "profile", "layers", "finder"].map((kind) => [kind, part(kind)]),
    );
    const { people } = report;
    this.words = Array.from(area.map.person, (person) => findable(people, person));
    this.chart = new Chart(this.parts.canvas, area.map, {
      called: (node) => called(people, area.map.person[node]),
      onpick: (node) => (node < 0 ? this.close() : this.open(node)),
    });
    this.chart.mark(area.prospects.filter((p) => area.places.has(p)).map((p) => area.places.get(p)));
    this.fill();
    this.listen(part);
    this.find();
  }

  fill() {
    const { map } = this.area;
    const { people } = this.report;
    const communities = [...new Set(map.community)].sort((a, b) => a - b);
    const sizes = new Map();
    map.community.forEach((one) => sizes.set(one, (sizes.get(one) || 0) + 1));
    for (const one of communities.slice(0, 40)) {
      this.parts.community.append(make("option", { value: one }, `${one + 1} (${count(sizes.get(one), "account")})`));
    }
    const roles = new Set(Array.from(map.person, (person) => people.role(person)));
    for (const role of [...roles].filter(Boolean).sort()) this.parts.role.append(make("option", { value: role }, role));
    const present = map.layers.reduce((all, layers) => all | layers, 0);
    this.report.layers.forEach((layer, code) => {
      if (!(present & (1 << code))) return;
      const box = make("input", { type: "checkbox", value: 1 << code, checked: "" });
      this.parts.layers.append(make("label", {}, box, ` ${layer.replaceAll("_", " ")}`));
    });
  }

  listen(part) {
    const { search, community, role, layers } = this.parts;
    search.addEventListener("input", () => this.find());
    search.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && this.found.length) this.open(this.found[0], { move: true });
    });
    for (const one of [community, role, layers]) one.addEventListener("change", () => this.filter());
    part("in").addEventListener("click", () => this.chart.zoom(1.5));
    part("out").addEventListener("click", () => this.chart.zoom(1 / 1.5));
    part("fit").addEventListener("click", () => this.chart.fit());
    this.section.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.chart.chosen >= 0) this.close();
    });
  }

  filter() {
    const { map } = this.area;
    const { people } = this.report;
    const { community, role, layers } = this.parts;
    const wanted = [...layers.querySelectorAll("input:checked")].reduce((all, box) => all | Number(box.value), 0);
    const node = new Uint8Array(map.n);
    for (let i = 0; i < map.n; i++) {
      const named = i < map.person.length;
      const role_fits = !role.value || (named ? people.role(map.person[i]) === role.value : role.value === "-");
      node[i] = role_fits && (!community.value || map.community[i] === Number(community.value)) ? 1 : 0;
    }
    const tie = new Uint8Array(map.source.length);
    for (let i = 0; i < tie.length; i++) {
      tie[i] = node[map.source[i]] && node[map.target[i]] && map.layers[i] & wanted ? 1 : 0;
    }
    this.chart.show(node, tie);
    this.find();
  }

  find() {
    const asked = this.parts.search.value;
    const { node } = this.chart.scene.shown;
    this.found = [];
    for (let i = 0; i < this.words.length; i++) {
      if (node[i] && matches(this.words[i], asked)) this.found.push(i);
    }
    const shown = node.reduce((sum, one) => sum + one, 0);
    const first = this.found.slice(0, RESULTS);
    this.parts.results.replaceChildren(...first.map((one) => make("li", {}, this.result(one))));
    const more = this.found.length > RESULTS ? `; the first ${RESULTS}` : "";
    const dots = shown < this.area.map.n ? ` ${count(shown, "account")} of ${this.area.map.n.toLocaleString("en")} pass the filters.` : "";
    this.parts.status.textContent = asked || dots ? `${count(this.found.length, "person matches", "people match")}${more}.${dots}` : `${count(this.found.length, "person", "people")}${more} by rank.`;
  }

  result(node) {
    const { people } = this.report;
    const person = this.area.map.person[node];
    const line = make("small", {}, name([people.role(person), people.institution(person)].filter(Boolean).join(", ")));
    return make("button", { type: "button", onclick: () => this.open(node, { move: true }) }, make("span", { class: "place" }, String(this.area.rank[node])), name(called(people, person)), line);
  }

  open(node, { move = false, focus = true } = {}) {
    if (this.chart.chosen < 0) this.before = document.activeElement;
    this.chart.choose(node, { move });
    const close = make("button", { type: "button", class: "close", onclick: () => this.close() }, "Close");
    const visit = (one) => this.open(one, { move: true });
    this.parts.profile.replaceChildren(close, ...profile(this.report, this.area, node, { visit, jump: this.jump }));
    this.parts.profile.hidden = false;
    this.parts.finder.hidden = true;
    if (focus) this.parts.profile.querySelector("h4").focus({ preventScroll: true });
  }

  close() {
    this.chart.choose(-1);
    this.parts.profile.hidden = true;
    this.parts.finder.hidden = false;
    if (this.before && this.before.isConnected && this.before !== document.body) this.before.focus({ preventScroll: true });
    this.before = null;
  }
}
