/** What somebody has chosen; `system` follows the browser. */
export type Theme = 'system' | 'light' | 'dark';

const KEPT = 'tollkeeper-theme';
const darkWanted = matchMedia('(prefers-color-scheme: dark)');

export function chosenTheme(): Theme {
  const kept = localStorage.getItem(KEPT);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function chooseTheme(theme: Theme) {
  localStorage.setItem(KEPT, theme);
  applyTheme();
}

/** Shows the chosen theme, and goes on following the browser where that was chosen. */
export function applyTheme() {
  const chosen = chosenTheme();
  document.documentElement.dataset.theme = chosen === 'system' ? (darkWanted.matches ? 'dark' : 'light') : chosen;
}

darkWanted.addEventListener('change', applyTheme);
