// The profile of a person: role, rank, contributions, endorsers.

import { count, make, name } from "./dom.js";
import { called } from "./people.js";

const PLAIN = { reach: "followers", resonance: "responders, by recency", authority: "followed by active people", brokerage: "audience across communities", activity: "own posts, by recency" };

export function profile(report, area, node, { visit, jump }) {
  if (node >= area.map.person.length) return unnamed(area, node);
  const person = area.map.person[node];
  return [
    ...who(report.people, person),
    standing(area, node, person),
    ...reasons(report, area, node),
    ...endorsers(report, area, node, person, visit),
    ...elsewhere(report, area, person, jump),
  ];
}

function unnamed(area, node) {
  return [
    make("h4", { tabindex: "-1" }, "An account that is not named"),
    make("p", {}, "It may not be listed under the policy in force. It counts in every number."),
    make("p", {}, `${degrees(area, node)} Community ${area.map.community[node] + 1}.`),
  ];
}

function degrees(area, node) {
  const audience = count(area.map.in_degree[node], "account");
  return `Audience on this map: ${audience}. Follows or responds to: ${count(area.map.out_degree[node], "account")}.`;
}

function who(people, person) {
  const place = [people.institution(person), people.country(person)].filter(Boolean).join(", ");
  const work = [people.role(person), people.specialty(person)].filter((word) => word && word !== "unknown");
  const second = people.name(person) ? people.handle(person) : "";
  return [
    make("h4", { tabindex: "-1" }, name(called(people, person))),
    make("p", { class: "soft" }, ...under(second, people.id(person))),
    make("p", {}, name([work.join(", "), place].filter(Boolean).join(" · "))),
  ];
}

// Handle and id, as far as there are any to see.
function under(handle, id) {
  const shown = id ? ["id ", name(id)] : [];
  return handle ? [name(handle), ...(id ? [" · "] : []), ...shown] : shown;
}

function standing(area, node, person) {
  const row = area.rows.get(person);
  let said = `Rank ${area.rank[node].toLocaleString("en")} of ${area.listed.toLocaleString("en")}`;
  const cell = (column) => (row === undefined ? null : area.top[column]?.[row]) ?? null;
  if (cell("rank_low") !== null) said += ` (90 % interval ${cell("rank_low")} to ${cell("rank_high")})`;
  if (cell("tier") !== null) said += `, tier ${cell("tier")}`;
  const turn = area.prospects.indexOf(person);
  const asked = turn < 0 ? "" : ` Prospect number ${turn + 1}.`;
  return make("p", {}, make("strong", {}, said), `. ${degrees(area, node)} Community ${area.map.community[node] + 1}.${asked}`);
}

function reasons(report, area, node) {
  if (!area.parts.length) return [];
  const values = area.parts.map((part) => part[node]);
  const widest = Math.max(...values, ...area.medians, 0.001);
  const rows = report.contributions.map((part, i) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, part, make("small", {}, PLAIN[part])),
      make("td", { class: "meter" }, meter(values[i], area.medians[i], widest, i)),
      make("td", { class: "number" }, values[i].toFixed(2)),
      make("td", { class: "number soft" }, area.medians[i].toFixed(2)),
    ),
  );
  const head = make("tr", {}, ...[["contribution"], ["", "graphic"], ["adds", "number"], ["median", "number"]].map(([text, kind]) => make(text ? "th" : "td", { scope: text ? "col" : null, class: kind }, text)));
  return [
    make("h5", {}, `Contributions to the score of ${area.score[node].toFixed(2)}`),
    make("table", { class: "parts" }, make("thead", {}, head), make("tbody", {}, ...rows)),
  ];
}

function meter(value, median, widest, part) {
  const bar = make("span", { class: `fill part${part}`, style: `width:${(100 * value) / widest}%` });
  return make("span", { class: "track", "aria-hidden": "true" }, bar, make("span", { class: "tick", style: `left:${(100 * median) / widest}%` }));
}

function endorsers(report, area, node, person, visit) {
  const row = area.rows.get(person);
  if (row === undefined || !area.endorsed) return audience(report, area, node, visit);
  const found = area.endorsed[row];
  if (!found.length) return [make("p", { class: "soft" }, "No endorser may be named.")];
  const lines = found.map(([who, adds, without, layers, ties, last]) =>
    make(
      "li",
      {},
      link(report, area, who, visit),
      make("small", {}, `adds ${adds.toFixed(2)}; without: rank ${without}; ${kinds(report, layers)}, ${count(ties, "tie")}${last ? `, last ${last}` : ""}`),
    ),
  );
  return [make("h5", {}, "Endorsers"), make("ol", { class: "endorsers" }, ...lines)];
}

// For people beyond the list: the named part of their audience, among the ties drawn.
function audience(report, area, node, visit) {
  const { map } = area;
  const found = [];
  for (let tie = 0; tie < map.target.length; tie++) {
    if (map.target[tie] === node && map.source[tie] < map.person.length) found.push(tie);
  }
  found.sort((a, b) => map.source[a] - map.source[b]);
  if (!found.length) return [];
  const lines = found.slice(0, 8).map((tie) => make("li", {}, link(report, area, map.person[map.source[tie]], visit), make("small", {}, kinds(report, map.layers[tie]))));
  return [make("h5", {}, "Named audience, among the ties drawn"), make("ul", { class: "endorsers" }, ...lines)];
}

function link(report, area, person, visit) {
  const words = name(called(report.people, person));
  if (!area.places.has(person)) return words;
  return make("button", { type: "button", class: "link", onclick: () => visit(area.places.get(person)) }, words);
}

const kinds = (report, layers) => report.layers.filter((_, code) => layers & (1 << code)).map((layer) => layer.replaceAll("_", " ")).join(", ");

function elsewhere(report, area, person, jump) {
  const others = report.areas.filter((one) => one.slug !== area.slug && one.places.has(person));
  if (!others.length) return [];
  const lines = others.map((one) => {
    const node = one.places.get(person);
    return make("li", {}, make("button", { type: "button", class: "link", onclick: () => jump(one.slug, person) }, one.name), make("small", {}, `rank ${one.rank[node]} of ${one.listed}`));
  });
  return [make("h5", {}, "Other areas of this report"), make("ul", { class: "endorsers" }, ...lines)];
}
