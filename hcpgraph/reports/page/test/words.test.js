import assert from "node:assert/strict";
import test from "node:test";

import { findable, matches, readPeople } from "../src/people.js";
import { ordered } from "../src/tables.js";

const people = readPeople({
  id: ["7"], handle: ["Ana"], name: ["Éloi Ångström"],
  role: [0], role_words: ["nurse"], specialty: [-1], specialty_words: [],
  institution: [0], institution_words: ["Lake Clinic"], country: [-1], country_words: [],
});

test("people are found whatever the case and the accents, by every word", () => {
  const words = findable(people, 0);
  for (const asked of ["eloi", "ANGSTROM lake", "@ana", "7", ""]) assert.ok(matches(words, asked));
  assert.ok(!matches(words, "eloi hill"));
});

test("words that many share are read back, and missing ones are empty", () => {
  assert.equal(people.role(0), "nurse");
  assert.equal(people.specialty(0), "");
});

test("numbers sort as numbers, words as words, and empty cells come last", () => {
  assert.deepEqual(ordered(["10", "9", "", "1"], false), [3, 1, 0, 2]);
  assert.deepEqual(ordered(["10", "9", "", "1"], true), [0, 1, 3, 2]);
  assert.deepEqual(ordered(["b", "Ä", "a"], false), [1, 2, 0]);
});

test("equal cells keep their order", () => {
  assert.deepEqual(ordered(["1", "1", "0"], true), [0, 1, 2]);
});
