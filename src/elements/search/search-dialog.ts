// The search window: a field, and below it what was found, by page and section; all of it by keyboard, mouse or touch.
import { countResults, groupResults, type ResultPage } from './group-results.ts';
import { loadPagefind } from './pagefind.ts';

/** Pages listed; more words find fewer. */
const mostPages = 8;

export class SearchDialog {
  readonly #dialog = document.createElement('dialog');
  readonly #field = document.createElement('input');
  readonly #list = document.createElement('div');
  readonly #status = document.createElement('p');
  #active = -1;

  constructor() {
    this.#dialog.className = 'search-dialog';
    this.#dialog.setAttribute('aria-label', 'Search the atlas');
    this.#dialog.innerHTML = `<form method="dialog" role="search" class="search-form">
      <svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="8.5" cy="8.5" r="5.5"></circle><path d="m12.8 12.8 4.7 4.7"></path></svg>
      <button type="submit" class="search-close" title="Esc">Close</button></form>`;
    Object.assign(this.#field, {
      // Of type search, Chromium would empty it on Escape instead of closing the window.
      type: 'text',
      inputMode: 'search',
      className: 'search-field',
      placeholder: 'Search the text',
      autocomplete: 'off',
      spellcheck: false,
      enterKeyHint: 'go',
    });
    for (const [name, value] of [
      ['role', 'combobox'],
      ['aria-label', 'Search the text'],
      ['aria-autocomplete', 'list'],
      ['aria-controls', 'search-results'],
      ['aria-expanded', 'false'],
      ['aria-describedby', 'search-status'],
    ] as const) {
      this.#field.setAttribute(name, value);
    }
    Object.assign(this.#list, { id: 'search-results', className: 'search-results' });
    this.#list.setAttribute('role', 'listbox');
    this.#list.setAttribute('aria-label', 'Places found');
    this.#list.hidden = true;
    Object.assign(this.#status, { id: 'search-status', className: 'search-status' });
    this.#status.setAttribute('role', 'status');
    this.#dialog.querySelector('svg')!.after(this.#field);
    this.#dialog.append(this.#status, this.#list);
    document.body.append(this.#dialog);
    this.#listen();
  }

  open(): void {
    if (this.#dialog.open) return;
    this.#dialog.showModal();
    this.#field.focus();
    this.#field.select();
    if (this.#field.value.trim() === '') this.#say('Type a word, such as saddle or permutation.');
    // So that the first letters already find something; where it fails, that is said now.
    loadPagefind().catch((error: Error) => this.#say(error.message));
  }

  #listen(): void {
    this.#field.addEventListener('input', () => void this.#search());
    this.#field.addEventListener('keydown', (event) => this.#onKey(event));
    this.#dialog.addEventListener('click', (event) => {
      const target = event.target as Element;
      // The dialog itself is hit only beside its content: on the backdrop.
      if (target === this.#dialog || target.closest('a')) this.#dialog.close();
    });
  }

  #onKey(event: KeyboardEvent): void {
    const options = this.#options();
    const last = options.length - 1;
    const go: Record<string, () => number> = {
      ArrowDown: () => (this.#active >= last ? 0 : this.#active + 1),
      ArrowUp: () => (this.#active <= 0 ? last : this.#active - 1),
    };
    const next = go[event.key];
    if (next && last >= 0) {
      event.preventDefault();
      this.#activate(next());
    } else if (event.key === 'Enter') {
      event.preventDefault();
      options[Math.max(0, this.#active)]?.click();
    }
  }

  async #search(): Promise<void> {
    const words = this.#field.value.trim();
    if (words === '') {
      this.#show([]);
      this.#say('');
      return;
    }
    try {
      const pagefind = await loadPagefind();
      const found = await pagefind.debouncedSearch(words, {}, 120);
      if (!found) return;
      const pages = await Promise.all(
        found.results.slice(0, mostPages).map((result) => result.data()),
      );
      if (this.#field.value.trim() !== words) return;
      const grouped = groupResults(pages);
      this.#show(grouped);
      this.#say(countResults(grouped, words));
    } catch (error) {
      this.#show([]);
      this.#say((error as Error).message);
    }
  }

  #say(text: string): void {
    this.#status.textContent = text;
  }

  #show(pages: readonly ResultPage[]): void {
    this.#active = -1;
    this.#field.removeAttribute('aria-activedescendant');
    this.#list.replaceChildren(...pages.map(groupOf));
    this.#list.hidden = pages.length === 0;
    this.#list.scrollTop = 0;
    this.#field.setAttribute('aria-expanded', String(pages.length > 0));
    if (pages.length > 0) this.#activate(0);
  }

  #activate(index: number): void {
    this.#active = index;
    for (const [at, option] of this.#options().entries()) {
      option.setAttribute('aria-selected', String(at === index));
      if (at !== index) continue;
      this.#field.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    }
  }

  #options(): HTMLAnchorElement[] {
    return [...this.#list.querySelectorAll<HTMLAnchorElement>('[role=option]')];
  }
}

function groupOf({ title, sections }: ResultPage, page: number): HTMLElement {
  const group = document.createElement('div');
  group.className = 'search-page';
  group.setAttribute('role', 'group');
  group.setAttribute('aria-labelledby', `search-page-${page}`);
  const name = document.createElement('div');
  Object.assign(name, { id: `search-page-${page}`, className: 'search-page-title' });
  name.setAttribute('role', 'presentation');
  name.textContent = title;
  group.append(
    name,
    ...sections.map((section, index) => {
      const option = document.createElement('a');
      Object.assign(option, {
        id: `search-option-${page}-${index}`,
        className: 'search-option',
        href: section.url,
        // The field keeps the focus; arrows move the choice.
        tabIndex: -1,
      });
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      const heading = document.createElement('span');
      heading.className = 'search-section';
      heading.textContent = section.title;
      const excerpt = document.createElement('span');
      excerpt.className = 'search-excerpt';
      // Escaped by Pagefind, which alone adds <mark>.
      excerpt.innerHTML = section.excerpt;
      option.append(heading, excerpt);
      return option;
    }),
  );
  return group;
}
