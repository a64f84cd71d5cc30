// Citations show their work on hover, on focus and on a tap; the entry in the list of references says what it is.

const openAfter = 140;
const closeAfter = 260;

class CiteCard {
  readonly #card = document.createElement('span');
  #link: HTMLAnchorElement | null = null;
  #timer = 0;
  /** The focus comes back from the card that was just closed, which is no wish to open it again. */
  #returning = false;

  constructor() {
    this.#card.id = 'cite-card';
    this.#card.className = 'term-definition cite-card';
    this.#card.popover = 'manual';
    this.#card.setAttribute('role', 'note');
    this.#card.addEventListener('pointerenter', () => clearTimeout(this.#timer));
    this.#card.addEventListener('pointerleave', ({ pointerType }) => {
      if (pointerType === 'mouse') this.#closeSoon();
    });
    this.#card.addEventListener('focusout', (event) => this.#onFocusOut(event));
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#link) {
        const wasInside = this.#card.contains(document.activeElement);
        const link = this.#link;
        this.#close();
        this.#returning = true;
        if (wasInside) link.focus();
        this.#returning = false;
      }
    });
    document.addEventListener('pointerdown', ({ target }) => {
      if (target instanceof Node && !this.#holds(target)) this.#close();
    });
  }

  listen(link: HTMLAnchorElement): void {
    // The card says more, and the browser's own hint would cover it.
    link.removeAttribute('title');
    let touched = false;
    link.addEventListener('pointerdown', ({ pointerType }) => {
      touched = pointerType !== 'mouse';
    });
    link.addEventListener('pointerenter', ({ pointerType }) => {
      if (pointerType !== 'mouse') return;
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.#open(link), openAfter);
    });
    link.addEventListener('pointerleave', ({ pointerType }) => {
      if (pointerType === 'mouse') this.#closeSoon();
    });
    link.addEventListener('focus', () => {
      if (!this.#returning && link.matches(':focus-visible')) this.#open(link);
    });
    link.addEventListener('focusout', (event) => this.#onFocusOut(event));
    link.addEventListener('click', (event) => {
      // The first tap shows; the second, like a click, goes to the list.
      if (touched && this.#link !== link && this.#open(link)) event.preventDefault();
      else this.#close();
    });
  }

  #holds(node: Node): boolean {
    return this.#card.contains(node) || (this.#link?.contains(node) ?? false);
  }

  #onFocusOut({ relatedTarget }: FocusEvent): void {
    if (!(relatedTarget instanceof Node) || !this.#holds(relatedTarget)) this.#closeSoon();
  }

  /** False where the list has no such entry. */
  #open(link: HTMLAnchorElement): boolean {
    clearTimeout(this.#timer);
    if (this.#link === link) return true;
    const entry = document.getElementById(`ref-${link.dataset['cite']}`);
    if (!entry) return false;
    this.#close();
    this.#card.replaceChildren(...contentOf(entry, link.hash));
    // Beside its link, so that Tab and a screen reader come to it next.
    link.after(this.#card);
    link.setAttribute('aria-describedby', this.#card.id);
    this.#link = link;
    this.#card.showPopover({ source: link });
    return true;
  }

  #closeSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#close(), closeAfter);
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#link?.removeAttribute('aria-describedby');
    this.#link = null;
    if (this.#card.isConnected && this.#card.matches(':popover-open')) this.#card.hidePopover();
    this.#card.remove();
  }
}

function contentOf(entry: HTMLElement, listed: string): Node[] {
  const { title = '', people = '', venue = '', year = '', links = '[]' } = entry.dataset;
  const rows = [
    ['cite-title', title],
    ['cite-people', people],
    ['cite-venue', [venue, year].filter(Boolean).join(', ')],
  ] as const;
  const nodes = rows.map(([name, text]) => {
    const row = document.createElement('span');
    row.className = name;
    row.textContent = `${text} `;
    return row;
  });
  const ways = document.createElement('span');
  ways.className = 'cite-links';
  const targets = JSON.parse(links) as { label: string; href: string }[];
  for (const { label, href } of [...targets, { label: 'In the list', href: listed }]) {
    const way = document.createElement('a');
    way.href = href;
    way.textContent = label;
    ways.append(way, ' ');
  }
  return [...nodes, ways];
}

const cites = document.querySelectorAll<HTMLAnchorElement>('a.cite[data-cite]');
if (cites.length > 0 && 'popover' in HTMLElement.prototype) {
  const card = new CiteCard();
  for (const link of cites) card.listen(link);
}

// A module, with names of its own.
export {};
