// Columns of whole numbers, as the page carries them: base64 of little-endian arrays.

function bytes(text) {
  const raw = atob(text);
  const found = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) found[i] = raw.charCodeAt(i);
  return found.buffer;
}

export const u16 = (text) => new Uint16Array(bytes(text));
export const u32 = (text) => new Uint32Array(bytes(text));
export const thousandths = (text) => Float64Array.from(u32(text), (v) => v / 1000);

// The map of an area with coordinates in its own units: one unit of area is about
// the room of one account.
export function readMap(packed) {
  const x = Float32Array.from(u16(packed.x), (v) => v * packed.step);
  const y = Float32Array.from(u16(packed.y), (v) => v * packed.step);
  for (let i = 0; i < y.length; i++) y[i] = -y[i]; // pages count downwards
  return {
    n: x.length,
    x,
    y,
    community: u16(packed.community),
    in_degree: u32(packed.in_degree),
    out_degree: u32(packed.out_degree),
    person: u32(packed.person),
    source: u16(packed.source),
    target: u16(packed.target),
    layers: u16(packed.layers),
    accounts: packed.accounts,
    ties: packed.ties,
  };
}

// One area with everything that a profile shows; `places` finds a person's node. What is
// withheld from the viewer of the page is null, or has no entries.
export function readArea(packed) {
  const map = readMap(packed.map);
  const places = new Map();
  map.person.forEach((person, node) => places.set(person, node));
  const listed = new Map();
  packed.top.person.forEach((person, row) => listed.set(person, row));
  return {
    slug: packed.slug,
    name: packed.title,
    listed: packed.listed,
    rank: u32(packed.rank),
    score: packed.score && thousandths(packed.score),
    parts: Object.values(packed.parts).map(thousandths),
    medians: packed.medians,
    top: packed.top,
    rows: listed,
    endorsed: packed.endorsed,
    prospects: packed.prospects,
    places,
    map,
  };
}
