// The map as pixels: ties and dots into a picture that is kept, names on top of it.

import { placed } from "./labels.js";
import { radius } from "./view.js";

const COLOURS = 8; // communities with a colour of their own
const MOST_NAMES = 22;
const ROOM = 15000; // square pixels of map per name
const LONGEST = 28; // signs of a name on the map
const AT_ONCE = 24; // dots per path: long paths are slow to fill
const LINE = 15; // pixels that a name takes in height

export function looks(element) {
  const style = getComputedStyle(element);
  const read = (name) => style.getPropertyValue(name).trim();
  const community = [];
  for (let i = 0; i < COLOURS; i++) community.push(read(`--c${i}`));
  return {
    community,
    other: read("--other"),
    paper: read("--map"),
    ink: read("--ink"),
    soft: read("--soft"),
    accent: read("--accent"),
    between: read("--between"),
    unnamed: read("--unnamed"),
    font: style.fontFamily,
  };
}

const colour = (look, community) => look.community[community] || look.other;

// Which class a tie is drawn with: its community, or the last for those between two.
function classOf(map, tie) {
  const home = map.community[map.source[tie]];
  if (home !== map.community[map.target[tie]]) return COLOURS + 1;
  return Math.min(home, COLOURS);
}

// Ties by class, in the order in which they are drawn.
export function sorted(map) {
  const classes = Array.from({ length: COLOURS + 2 }, () => []);
  for (let tie = 0; tie < map.source.length; tie++) classes[classOf(map, tie)].push(tie);
  return classes.map((ties) => Uint32Array.from(ties));
}

// Whether a line lies wholly beyond one edge of the page.
export const beyond = (x0, y0, x1, y1, { width, height }) =>
  (x0 < 0 && x1 < 0) || (y0 < 0 && y1 < 0) || (x0 > width && x1 > width) || (y0 > height && y1 > height);

export function drawTies(pen, scene, view, size) {
  const { map, classes, shown, look } = scene;
  const { scale, left, top } = view;
  const few = Math.min(250 / Math.max(map.source.length, 1), 1);
  pen.lineWidth = 0.6 + 0.7 * few;
  for (const [kind, ties] of [...classes.entries()].reverse()) {
    pen.beginPath();
    for (const tie of ties) {
      if (!shown.tie[tie]) continue;
      const a = map.source[tie];
      const b = map.target[tie];
      const [x0, y0] = [map.x[a] * scale + left, map.y[a] * scale + top];
      const [x1, y1] = [map.x[b] * scale + left, map.y[b] * scale + top];
      if (beyond(x0, y0, x1, y1, size)) continue;
      pen.moveTo(x0, y0);
      pen.lineTo(x1, y1);
    }
    const between = kind === COLOURS + 1;
    pen.strokeStyle = between ? look.between : colour(look, kind);
    pen.globalAlpha = (between ? 0.22 : 0.3) + 0.35 * few;
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

const outside = (x, y, reach, { width, height }) =>
  x < -reach || y < -reach || x > width + reach || y > height + reach;

// Dots: large ones first, so that none disappears; the unnamed pale, the named full.
export function drawDots(pen, scene, view, size) {
  const { map, order, shown, shares, look } = scene;
  const { scale, left, top } = view;
  const groups = new Map();
  for (const node of order) {
    const named = node < map.person.length;
    const key = named ? Math.min(map.community[node], COLOURS) : -1;
    const shade = shown.node[node] ? key : -2;
    if (!groups.has(shade)) groups.set(shade, []);
    groups.get(shade).push(node);
  }
  pen.lineWidth = 0.7;
  pen.strokeStyle = look.paper;
  for (const shade of [...groups.keys()].sort((a, b) => a - b)) {
    pen.fillStyle = shade < 0 ? look.unnamed : colour(look, shade);
    pen.globalAlpha = shade === -2 ? 0.18 : 1;
    let some = 0;
    pen.beginPath();
    for (const node of groups.get(shade)) {
      const x = map.x[node] * scale + left;
      const y = map.y[node] * scale + top;
      const reach = radius(view, shares[node]);
      if (outside(x, y, reach, size)) continue;
      pen.moveTo(x + reach, y);
      pen.arc(x, y, reach, 0, 2 * Math.PI);
      some += 1;
      if (some % AT_ONCE === 0) {
        ink(pen, shade);
        pen.beginPath();
      }
    }
    ink(pen, shade);
  }
  pen.globalAlpha = 1;
}

function ink(pen, shade) {
  pen.fill();
  if (shade !== -2) pen.stroke();
}

// Where the number of each coloured community stands: above its highest member.
export function middles(map) {
  const found = [];
  for (let community = 0; community < COLOURS; community++) {
    let [sum, count, top] = [0, 0, Infinity];
    for (let i = 0; i < map.n; i++) {
      if (map.community[i] !== community) continue;
      sum += map.x[i];
      count += 1;
      top = Math.min(top, map.y[i]);
    }
    if (count > 1) found.push({ community, x: sum / count, y: top });
  }
  return found.length > 1 ? found : [];
}

export function drawNumbers(pen, scene, view) {
  pen.font = `700 15px ${scene.look.font}`;
  pen.textBaseline = "alphabetic";
  pen.textAlign = "center";
  pen.lineJoin = "round";
  pen.lineWidth = 4;
  pen.strokeStyle = scene.look.paper;
  for (const { community, x, y } of scene.middles) {
    pen.fillStyle = colour(scene.look, community);
    const at = [x * view.scale + view.left, y * view.scale + view.top - radius(view, 1) - 4];
    pen.strokeText(String(community + 1), ...at);
    pen.fillText(String(community + 1), ...at);
  }
  pen.textAlign = "start";
}

const short = (words) => ([...words].length > LONGEST ? `${[...words].slice(0, LONGEST - 1).join("")}…` : words);

// The names of those who lead, or of those around the one that was chosen.
export function drawNames(pen, scene, view, size, { first, among }) {
  const { map, shown, shares, look, called } = scene;
  pen.font = `600 12px ${look.font}`;
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  const most = Math.min(MOST_NAMES, Math.ceil((size.width * size.height) / ROOM));
  const spots = [];
  const add = (node) => {
    const x = map.x[node] * view.scale + view.left;
    const y = map.y[node] * view.scale + view.top;
    if (x < 0 || y < 0 || x > size.width || y > size.height) return;
    const words = short(called(node));
    const gap = radius(view, shares[node]) + 4;
    spots.push({ node, words, x, y, gap, width: pen.measureText(words).width });
  };
  first.forEach(add);
  for (let node = 0; node < map.person.length && spots.length < 3 * most; node++) {
    if (shown.node[node] && !first.includes(node) && (!among || among.has(node))) add(node);
  }
  for (const { words, x, y } of placed(spots, LINE, size.width, size.height).slice(0, most)) {
    pen.lineWidth = 3.5;
    pen.strokeStyle = look.paper;
    pen.strokeText(words, x, y);
    pen.fillStyle = look.ink;
    pen.fillText(words, x, y);
  }
}

export function ring(pen, scene, view, node, stroke, width) {
  const { map, shares } = scene;
  const size = radius(view, shares[node]) + width;
  pen.beginPath();
  pen.arc(
    map.x[node] * view.scale + view.left,
    map.y[node] * view.scale + view.top,
    size,
    0,
    2 * Math.PI,
  );
  pen.lineWidth = width;
  pen.strokeStyle = stroke;
  pen.stroke();
}

// The ties of one account over the faded rest: those it receives in the accent.
export function drawCircle(pen, scene, view, node) {
  const { map, shown, shares, look } = scene;
  const at = (i) => [map.x[i] * view.scale + view.left, map.y[i] * view.scale + view.top];
  const around = new Set([node]);
  for (const [ends, others, stroke, alpha] of [
    [map.source, map.target, look.soft, 0.55],
    [map.target, map.source, look.accent, 0.75],
  ]) {
    pen.beginPath();
    for (let tie = 0; tie < ends.length; tie++) {
      if (ends[tie] !== node || !shown.tie[tie]) continue;
      around.add(others[tie]);
      pen.moveTo(...at(node));
      pen.lineTo(...at(others[tie]));
    }
    pen.globalAlpha = alpha;
    pen.lineWidth = 1.1;
    pen.strokeStyle = stroke;
    pen.stroke();
  }
  pen.globalAlpha = 1;
  for (const one of around) {
    const named = one < map.person.length;
    pen.beginPath();
    pen.arc(...at(one), radius(view, shares[one]), 0, 2 * Math.PI);
    pen.fillStyle = named ? colour(look, map.community[one]) : look.unnamed;
    pen.fill();
  }
  return around;
}
