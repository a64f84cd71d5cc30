// <atlas-theme>: the system's theme, light, or dark; remembered where the browser lets us.

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];
const storageKey = 'atlas-theme';

export class AtlasTheme extends HTMLElement {
  connectedCallback(): void {
    this.#tell(currentTheme());
    this.querySelector('button')?.addEventListener('click', () => {
      const next = themes[(themes.indexOf(currentTheme()) + 1) % themes.length] as Theme;
      setTheme(next);
      this.#tell(next);
    });
  }

  #tell(theme: Theme): void {
    this.dataset['theme'] = theme;
    this.querySelector('button')?.setAttribute('aria-label', `Colour theme: ${theme}`);
    this.querySelector('button')?.setAttribute('title', `Colour theme: ${theme}`);
  }
}

function currentTheme(): Theme {
  const theme = document.documentElement.dataset['theme'];
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

function setTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    if (theme === 'system') localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, theme);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

customElements.define('atlas-theme', AtlasTheme);
