// Names beside dots, none over another: the first in rank first.

// Args: spots [{x, y, gap, width}] in order of importance, the height of a line, and
// the size of the page. Gives those for which there is room, with the left end of
// each name at (x, y), its middle line.
export function placed(spots, height, width, depth) {
  const taken = [];
  const found = [];
  for (const spot of spots) {
    const box = candidates(spot, height).find(
      (one) => inside(one, width, depth) && taken.every((other) => apart(one, other)),
    );
    if (!box) continue;
    taken.push(box);
    found.push({ ...spot, x: box.x, y: box.y + height / 2 });
  }
  return found;
}

function candidates({ x, y, gap, width }, height) {
  const middle = y - height / 2;
  return [
    { x: x + gap, y: middle },
    { x: x - gap - width, y: middle },
    { x: x - width / 2, y: y - gap - height },
    { x: x - width / 2, y: y + gap },
  ].map((corner) => ({ ...corner, width, height }));
}

const inside = (box, width, depth) =>
  box.x >= 2 && box.y >= 2 && box.x + box.width <= width - 2 && box.y + box.height <= depth - 2;

const apart = (a, b) =>
  a.x + a.width < b.x ||
  b.x + b.width < a.x ||
  a.y + a.height < b.y ||
  b.y + b.height < a.y;
