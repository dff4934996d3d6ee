// Where the map is looked at from: screen = world * scale + (left, top).

const RIM = 26; // pixels left free around the whole

export function fitted(map, width, height) {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < map.n; i++) {
    x0 = Math.min(x0, map.x[i]);
    x1 = Math.max(x1, map.x[i]);
    y0 = Math.min(y0, map.y[i]);
    y1 = Math.max(y1, map.y[i]);
  }
  if (!map.n) [x0, x1, y0, y1] = [0, 1, 0, 1];
  const scale = Math.min(
    (width - 2 * RIM) / Math.max(x1 - x0, 2),
    (height - 2 * RIM) / Math.max(y1 - y0, 2),
  );
  const left = width / 2 - ((x0 + x1) / 2) * scale;
  const top = height / 2 - ((y0 + y1) / 2) * scale;
  return { scale, left, top, least: scale / 2, most: Math.max(scale * 40, 120) };
}

export function zoomed(view, factor, x, y) {
  const scale = Math.min(Math.max(view.scale * factor, view.least), view.most);
  const by = scale / view.scale;
  const left = x - (x - view.left) * by;
  return { ...view, scale, left, top: y - (y - view.top) * by };
}

export const panned = (view, dx, dy) => ({
  ...view,
  left: view.left + dx,
  top: view.top + dy,
});

export const centred = (view, x, y, width, height) => ({
  ...view,
  left: width / 2 - x * view.scale,
  top: height / 2 - y * view.scale,
});

// Pixels from the middle of a dot to its rim, by share of the loudest one's audience.
export const radius = (view, share) =>
  Math.min(Math.max(view.scale * (0.14 + 0.44 * Math.sqrt(share)), 1.3), 15);

// The node under a point, the smallest of those that overlap; -1 for none.
export function picked(map, view, shares, seen, x, y) {
  let best = -1;
  let least = Infinity;
  for (let i = 0; i < map.n; i++) {
    if (!seen[i]) continue;
    const dx = map.x[i] * view.scale + view.left - x;
    const dy = map.y[i] * view.scale + view.top - y;
    const reach = radius(view, shares[i]) + 3;
    const far = dx * dx + dy * dy;
    if (far > reach * reach) continue;
    const cost = far + reach * reach;
    if (cost < least) [best, least] = [i, cost];
  }
  return best;
}
