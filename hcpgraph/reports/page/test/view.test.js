import assert from "node:assert/strict";
import test from "node:test";

import { placed } from "../src/labels.js";
import { beyond } from "../src/paint.js";
import { centred, fitted, picked, radius, zoomed } from "../src/view.js";

const map = { n: 3, x: [0, 10, 10], y: [0, 0, 10] };

test("the whole map fits the canvas", () => {
  const view = fitted(map, 800, 600);
  for (let i = 0; i < map.n; i++) {
    const [x, y] = [map.x[i] * view.scale + view.left, map.y[i] * view.scale + view.top];
    assert.ok(x >= 0 && x <= 800 && y >= 0 && y <= 600);
  }
});

test("maps of nobody and of one account have a finite scale", () => {
  for (const few of [{ n: 0, x: [], y: [] }, { n: 1, x: [3], y: [3] }]) {
    assert.ok(Number.isFinite(fitted(few, 300, 200).scale));
  }
});

test("zooming keeps the point under the cursor, within bounds", () => {
  const view = fitted(map, 800, 600);
  const near = zoomed(view, 2, 100, 50);
  assert.equal((100 - near.left) / near.scale, (100 - view.left) / view.scale);
  assert.equal(zoomed(view, 1e9, 0, 0).scale, view.most);
  assert.equal(zoomed(view, 1e-9, 0, 0).scale, view.least);
});

test("centring brings a point to the middle", () => {
  const view = centred(fitted(map, 800, 600), 10, 10, 800, 600);
  assert.equal(10 * view.scale + view.left, 400);
});

test("a click finds the dot beneath it, if it is shown", () => {
  const view = fitted(map, 800, 600);
  const at = [10 * view.scale + view.left, 10 * view.scale + view.top];
  assert.equal(picked(map, view, [0, 0, 1], [1, 1, 1], ...at), 2);
  assert.equal(picked(map, view, [0, 0, 1], [1, 1, 0], ...at), -1);
  assert.equal(picked(map, view, [0, 0, 1], [1, 1, 1], -500, -500), -1);
});

test("dots grow with attention and stay within bounds", () => {
  const view = fitted(map, 800, 600);
  assert.ok(radius(view, 1) >= radius(view, 0));
  assert.equal(radius({ scale: 1e6 }, 1), 15);
  assert.equal(radius({ scale: 1e-6 }, 0), 1.3);
});

test("names do not cover each other, and the first in rank comes first", () => {
  const spot = (node, x) => ({ node, x, y: 50, gap: 5, width: 60 });
  const found = placed([spot(0, 100), spot(1, 101), spot(2, 102), spot(3, 103), spot(4, 104)], 15, 400, 100);
  assert.equal(found[0].node, 0);
  assert.ok(found.length >= 2 && found.length < 5);
  for (const [i, a] of found.entries()) {
    for (const b of found.slice(i + 1)) {
      assert.ok(Math.abs(a.x - b.x) > 60 || Math.abs(a.y - b.y) > 15);
    }
  }
});

test("only lines that cannot be seen are left out", () => {
  const page = { width: 100, height: 50 };
  assert.ok(beyond(-5, 10, -1, 20, page));
  assert.ok(beyond(10, 60, 90, 51, page));
  assert.ok(!beyond(-5, -5, 200, 100, page));
  assert.ok(!beyond(-5, 10, 5, 10, page));
});
