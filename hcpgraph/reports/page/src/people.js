// Who is named, and how to find them.

const fold = (text) =>
  (text || "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

// A column that is withheld from the viewer of the page is not there, and says nothing.
export function readPeople(packed) {
  const text = (name) => (i) => packed[name]?.[i] || "";
  const word = (name) => (i) => packed[`${name}_words`]?.[packed[name][i]] || "";
  const handle = text("handle");
  return {
    id: text("id"),
    handle: (i) => (handle(i) ? `@${handle(i)}` : ""),
    name: text("name"),
    role: word("role"),
    specialty: word("specialty"),
    institution: word("institution"),
    country: word("country"),
  };
}

export const called = (people, i) =>
  people.name(i) || people.handle(i) || people.id(i) || `Person ${i + 1}`;

// What somebody can be found by, folded: case and accents do not matter.
export const findable = (people, i) =>
  [
    people.name(i),
    people.handle(i),
    people.id(i),
    people.institution(i),
    people.specialty(i),
    people.country(i),
  ]
    .map(fold)
    .join(" \n ");

// Whether every word of the question occurs.
export function matches(folded, question) {
  return fold(question)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

export { fold };
