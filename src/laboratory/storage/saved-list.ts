// The list of experiments on the device: each can be opened, renamed, doubled, linked to and removed.
import { counted } from '../../learning/counted.ts';
import type { RunSummary } from './lab-database.ts';
import type { SavedListing } from './saved-experiments.ts';
import { bytesInWords, sinceInWords } from './size-and-time-text.ts';

export interface ListActions {
  open(saved: SavedListing): Promise<void>;
  rename(saved: SavedListing, name: string): Promise<void>;
  duplicate(saved: SavedListing): Promise<void>;
  copyLink(saved: SavedListing): Promise<void>;
  remove(saved: SavedListing): Promise<void>;
}

/** `50 networks at epoch 63 of 100`. */
export const runInWords = ({ networks, epoch, epochs }: RunSummary): string =>
  `${counted(networks, 'network')} at epoch ${epoch} of ${epochs}`;

export class SavedList {
  readonly #items: HTMLElement;
  readonly #actions: ListActions;

  constructor(items: HTMLElement, actions: ListActions) {
    this.#items = items;
    this.#actions = actions;
  }

  show(listed: readonly SavedListing[], now = Date.now()): void {
    this.#items.replaceChildren(...listed.map((saved) => this.#item(saved, now)));
  }

  /** Puts the focus on the name of an experiment. @returns whether it is there. */
  focus(id: number | null): boolean {
    const open = this.#items.querySelector<HTMLElement>(`[data-id="${id}"] [data-act="open"]`);
    open?.focus();
    return open !== null;
  }

  /** The one below, or the one above the last. */
  neighbour(id: number): number | null {
    const item = this.#items.querySelector(`[data-id="${id}"]`);
    const other = item?.nextElementSibling ?? item?.previousElementSibling;
    return other instanceof HTMLElement ? Number(other.dataset['id']) : null;
  }

  #item(saved: SavedListing, now: number): HTMLElement {
    const item = element('li', 'storage-item');
    item.dataset['id'] = String(saved.id);
    const { name } = saved;
    const actions = this.#actions;
    const open = button('open', name, `Open “${name}”`, () => actions.open(saved));
    open.className = 'storage-open';
    const facts = element('p', 'storage-facts');
    facts.textContent = [
      saved.run ? runInWords(saved.run) : 'settings alone',
      bytesInWords(saved.bytes),
      sinceInWords(saved.savedAt, now),
    ].join(' · ');
    const buttons = element('div', 'storage-buttons');
    buttons.append(
      button('rename', 'Rename', `Rename “${name}”`, () => this.#rename(item, open, saved)),
      button('duplicate', 'Duplicate', `Duplicate “${name}”`, () => actions.duplicate(saved)),
      button('link', 'Copy link', `Copy link to “${name}”`, () => actions.copyLink(saved)),
      button('remove', 'Remove', `Remove “${name}”`, () => actions.remove(saved)),
    );
    item.append(open, facts, buttons);
    return item;
  }

  #rename(item: HTMLElement, open: HTMLElement, saved: SavedListing): void {
    if (item.querySelector('form')) return;
    const form = document.createElement('form');
    form.className = 'storage-rename';
    const field = document.createElement('input');
    field.type = 'text';
    field.maxLength = 120;
    field.value = saved.name;
    field.setAttribute('aria-label', `New name of “${saved.name}”`);
    const leave = (): void => {
      form.replaceWith(open);
      open.focus();
    };
    const save = button('rename-save', 'Save', null, () => undefined);
    save.type = 'submit';
    form.append(field, save, button('rename-cancel', 'Cancel', null, leave));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const name = field.value.trim();
      if (name === '' || name === saved.name) leave();
      else void this.#actions.rename(saved, name);
    });
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') leave();
    });
    open.replaceWith(form);
    field.select();
  }
}

function element(tag: string, className: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}

function button(
  act: string,
  words: string,
  label: string | null,
  press: () => unknown,
): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.dataset['act'] = act;
  made.textContent = words;
  if (label !== null) made.setAttribute('aria-label', label);
  made.addEventListener('click', () => void press());
  return made;
}
