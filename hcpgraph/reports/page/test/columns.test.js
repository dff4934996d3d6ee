import assert from "node:assert/strict";
import test from "node:test";

import { readArea, readMap, thousandths, u16, u32 } from "../src/columns.js";

const pack = (array) => Buffer.from(array.buffer).toString("base64");
const packed = (values) => pack(Uint16Array.from(values));
const wide = (values) => pack(Uint32Array.from(values));

const map = {
  step: 0.5,
  x: packed([0, 4, 65535]),
  y: packed([2, 0, 1]),
  community: packed([0, 1, 1]),
  in_degree: wide([2, 0, 70000]),
  out_degree: wide([1, 1, 0]),
  person: wide([5, 3]),
  source: packed([1]),
  target: packed([0]),
  layers: packed([3]),
  accounts: 9,
  ties: 4,
};

test("columns come back as the numbers that were packed", () => {
  assert.deepEqual([...u16(packed([0, 65535]))], [0, 65535]);
  assert.deepEqual([...u32(wide([70000]))], [70000]);
  assert.deepEqual([...thousandths(wide([1234]))], [1.234]);
  assert.equal(u16("").length, 0);
});

test("a map stands upright and keeps its own units", () => {
  const found = readMap(map);
  assert.deepEqual([...found.x], [0, 2, 32767.5]);
  assert.deepEqual([...found.y], [-1, -0, -0.5]);
  assert.equal(found.n, 3);
});

test("an area knows where each of its people stands", () => {
  const area = readArea({
    slug: "a", name: "A", listed: 2, map, medians: [0], endorsed: [[], []], prospects: [],
    rank: wide([1, 2]), score: wide([2000, 1000]), parts: [wide([2000, 1000])],
    top: { person: [5], rank_low: [1], rank_high: [2], tier: [1] },
  });
  assert.equal(area.places.get(3), 1);
  assert.equal(area.rows.get(5), 0);
  assert.equal(area.rows.has(3), false);
});
