import { button } from "./dom";

const key = "codesign-theme";
type Theme = "auto" | "light" | "dark";
const next: Record<Theme, Theme> = { auto: "dark", dark: "light", light: "auto" };
const label: Record<Theme, string> = { auto: "◐ Auto", light: "☀ Light", dark: "☾ Dark" };

/** A button that switches between the reader's scheme, dark and light. The style sheets know data-theme; the choice is kept where the browser lets it. */
export function themeButton(): HTMLButtonElement {
  let theme = stored();
  const toggle = button("", "Colours: as the system has them, dark or light", () => {
    theme = next[theme];
    apply();
  });
  toggle.classList.add("theme");
  const apply = () => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    toggle.textContent = label[theme];
    try {
      localStorage.setItem(key, theme);
    } catch {
      // a page from a file may have no storage
    }
  };
  apply();
  return toggle;
}

function stored(): Theme {
  try {
    const value = localStorage.getItem(key);
    return value === "light" || value === "dark" ? value : "auto";
  } catch {
    return "auto";
  }
}
