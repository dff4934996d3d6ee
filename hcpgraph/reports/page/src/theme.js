// Light or dark: as the system has it, until the reader says otherwise.

const KEY = "hcpgraph-report-theme";

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // a page opened from a file may have no memory
  }
}

function remember(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // likewise
  }
}

export function switchTheme(button, changed) {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const now = () => root.dataset.theme || (system.matches ? "dark" : "light");
  const say = () => button.setAttribute("aria-pressed", String(now() === "dark"));
  const before = remembered();
  if (before === "dark" || before === "light") root.dataset.theme = before;
  say();
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = now() === "dark" ? "light" : "dark";
    remember(root.dataset.theme);
    say();
    changed();
  });
  system.addEventListener("change", () => {
    say();
    changed();
  });
}
