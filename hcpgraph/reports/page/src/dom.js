// Elements from plain text: nothing a stranger wrote is ever read as HTML.

export function make(tag, settings = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((one) => one !== null && one !== ""));
  return element;
}

// A stranger's name, kept from turning the direction of what stands around it.
export const name = (text) => make("bdi", {}, text);

export const count = (number, one, many) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many || `${one}s`}`;
