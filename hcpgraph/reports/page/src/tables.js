// Tables that sort by a column, and show the rows that were asked for.

import { count } from "./dom.js";
import { fold, matches } from "./people.js";

// Numbers before words, empty cells always last.
export function ordered(values, down) {
  const number = (text) => (text === "" ? NaN : Number(text));
  const plain = values.every((text) => text === "" || !Number.isNaN(number(text)));
  const sign = down ? -1 : 1;
  return values
    .map((_, i) => i)
    .sort((a, b) => {
      const [one, two] = [values[a], values[b]];
      if (one === "" || two === "") return (one === "") - (two === "") || a - b;
      const by = plain ? number(one) - number(two) : fold(one) < fold(two) ? -1 : fold(one) > fold(two) ? 1 : 0;
      return sign * by || a - b;
    });
}

export function enliven(block) {
  const table = block.querySelector("table");
  if (!table) return; // nobody is listed, or the list is withheld
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = head.querySelector("button");
    if (button) button.addEventListener("click", () => sort(table, rows, heads, column));
  });
  const words = rows.map((row) => fold(row.textContent));
  const controls = [...block.querySelectorAll("[data-filter]")];
  const status = block.querySelector("[data-part=count]");
  const filter = () => {
    let seen = 0;
    rows.forEach((row, i) => {
      const fits = controls.every((control) =>
        control.dataset.filter === "text" ? matches(words[i], control.value) : !control.value || row.dataset[control.dataset.filter] === control.value,
      );
      row.hidden = !fits;
      seen += fits ? 1 : 0;
    });
    if (status) status.textContent = `${seen.toLocaleString("en")} of ${count(rows.length, "row")} shown`;
  };
  controls.forEach((control) => control.addEventListener("input", filter));
}

function sort(table, rows, heads, column) {
  const down = heads[column].getAttribute("aria-sort") === "ascending";
  heads.forEach((head) => head.removeAttribute("aria-sort"));
  heads[column].setAttribute("aria-sort", down ? "descending" : "ascending");
  const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
  const order = ordered(rows.map(value), down);
  table.tBodies[0].append(...order.map((i) => rows[i]));
}
