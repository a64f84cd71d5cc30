// <atlas-search>: the button of the search, and its keys (/ and Ctrl+K); the search itself is fetched when it is opened.

let dialog: Promise<{ open(): void }> | undefined;

async function openSearch(): Promise<void> {
  dialog ??= import('./search/search-dialog.ts').then(({ SearchDialog }) => new SearchDialog());
  (await dialog).open();
}

function onKey(event: KeyboardEvent): void {
  const command = (event.ctrlKey || event.metaKey) && !event.altKey && event.key === 'k';
  const slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!command && !(slash && !isTyping(event.target))) return;
  event.preventDefault();
  void openSearch();
}

/** Whether a letter typed here belongs to a field. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select'));

export class AtlasSearch extends HTMLElement {
  connectedCallback(): void {
    this.querySelector('button')?.addEventListener('click', () => void openSearch());
  }
}

customElements.define('atlas-search', AtlasSearch);
document.addEventListener('keydown', onKey);
