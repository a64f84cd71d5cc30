// A reader's own table: chosen, dropped or pasted; looked at; its columns given roles; handed on as it is learned from.
import type {
  InspectedTable,
  ShapedTable,
  TableChoices,
  TableSource,
} from '../../worker/table/table-messages.ts';
import type { TableClient } from '../../worker/table/table-client.ts';
import { bytesOfFile, FileError, tableBound } from '../../elements/read-file.ts';
import { html, partOf } from './create-html.ts';
import { tableFields, withRole } from './table-choices.ts';
import { outcome, tableHead } from './table-view.ts';

/** What a table that was made ready was made of, so that its choices can be shown and changed again. */
export interface TableOrigin {
  readonly source: TableSource;
  readonly file: string;
  readonly inspected: InspectedTable;
  readonly choices: TableChoices;
  readonly shaped: ShapedTable;
}

export interface TableActions {
  onTable(origin: TableOrigin): void;
  /** The column to learn of a table that the settings wait for: its name, or its number, from the end if negative. */
  awaitedLabel(): string | number | null;
}

export class TableSection {
  readonly #root: HTMLElement;
  readonly #client: TableClient;
  readonly #actions: TableActions;
  readonly #stop = new AbortController();
  /** The table on show. */
  #shown: Omit<TableOrigin, 'shaped'> | null = null;
  /** What the worker has before it. */
  #inWorker: TableSource | null = null;
  /** Answers to older questions are not heard any more. */
  #latest = 0;

  constructor(root: HTMLElement, client: TableClient, actions: TableActions) {
    this.#root = root;
    this.#client = client;
    this.#actions = actions;
    const { signal } = this.#stop;
    const input = partOf<HTMLInputElement>(root, 'table-file');
    input.addEventListener('change', () => void this.#choose(input), { signal });
    partOf(root, 'table-paste').addEventListener('click', () => void this.#paste(), { signal });
    partOf(root, 'table').addEventListener('change', (event) => void this.#hear(event), { signal });
  }

  async open(file: File): Promise<void> {
    let bytes: TableSource;
    try {
      bytes = await bytesOfFile(file, tableBound);
    } catch (error) {
      if (error instanceof FileError) return this.#say(error.message);
      throw error;
    }
    await this.#inspect(bytes, file.name, 'auto', this.#actions.awaitedLabel());
  }

  /** A table that the settings name; nothing is handed on. */
  show(origin: TableOrigin): void {
    // What a reader has just chosen is on show; drawn anew, it would lose the focus.
    if (this.#shown?.choices === origin.choices && this.#shown.source === origin.source) return;
    this.#latest++;
    this.#shown = origin;
    this.#draw(origin.inspected, origin.choices);
    this.#tell(origin.shaped);
  }

  /** A table that came ready, from what was saved. */
  async give(
    csv: string,
    file: string,
    labelColumn: string | number | null,
  ): Promise<TableOrigin | null> {
    return this.#inspect(csv, file, true, labelColumn, false);
  }

  destroy(): void {
    this.#stop.abort();
  }

  async #choose(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (file) await this.open(file);
    // The same file can be chosen again.
    input.value = '';
  }

  async #paste(): Promise<void> {
    const { value } = partOf<HTMLTextAreaElement>(this.#root, 'table-text');
    if (value.trim() === '') return this.#say('There is nothing pasted yet.');
    await this.#inspect(value, 'pasted.csv', 'auto', this.#actions.awaitedLabel());
  }

  async #inspect(
    source: TableSource,
    file: string,
    header: boolean | 'auto',
    labelColumn: string | number | null,
    isHandedOn = true,
  ): Promise<TableOrigin | null> {
    const request = ++this.#latest;
    this.#say(`Reading ${file} …`);
    this.#inWorker = source;
    const told = await this.#client.inspect(source, file, header, labelColumn);
    if (request !== this.#latest) return null;
    if (told.kind === 'refused') {
      this.#shown = null;
      partOf(this.#root, 'table').hidden = true;
      this.#say(told.sentence);
      return null;
    }
    const { choices } = told.result;
    this.#shown = { source, file, inspected: told.result, choices };
    this.#draw(told.result, choices);
    return this.#shape(choices, isHandedOn);
  }

  async #shape(choices: TableChoices, isHandedOn = true): Promise<TableOrigin | null> {
    if (!this.#shown) return null;
    const request = ++this.#latest;
    const { source, file, inspected } = this.#shown;
    this.#shown = { source, file, inspected, choices };
    if (this.#inWorker !== source) {
      this.#inWorker = source;
      await this.#client.inspect(source, file, choices.header, null);
    }
    const told = await this.#client.shape(file, choices);
    if (request !== this.#latest) return null;
    if (told.kind === 'refused') {
      // Another worker may have to read it first.
      this.#inWorker = null;
      partOf(this.#root, 'table-outcome').replaceChildren();
      this.#say(told.sentence);
      return null;
    }
    const origin = { source, file, inspected, choices, shaped: told.result };
    this.#tell(told.result);
    if (isHandedOn) this.#actions.onTable(origin);
    return origin;
  }

  /** A role, or one of the choices for the whole table, has changed. */
  async #hear({ target }: Event): Promise<void> {
    if (!this.#shown || !(target instanceof HTMLSelectElement)) return;
    const { choices, inspected, source, file } = this.#shown;
    const { column, choice } = target.dataset;
    const { value } = target;
    if (choice === 'header') {
      const header = value === 'auto' ? value : value === 'yes';
      await this.#inspect(source, file, header, null);
      partOf(this.#root, 'table').querySelector<HTMLElement>('[data-choice="header"]')?.focus();
      return;
    }
    if (choice === 'missing')
      return void this.#shape({ ...choices, missing: value as TableChoices['missing'] });
    if (choice === 'bins')
      return void this.#shape({ ...choices, bins: value === '' ? null : Number(value) });
    const c = choice === 'label' ? Number(value) : Number(column);
    const changed = withRole(choices, inspected, c, choice === 'label' ? 'label' : value);
    this.#draw(inspected, changed);
    this.#focus(choice, column);
    await this.#shape(changed);
  }

  /** The control that was changed has been drawn anew. */
  #focus(choice: string | undefined, column: string | undefined): void {
    const name = choice ? `[data-choice="${choice}"]` : `[data-column="${column}"]`;
    partOf(this.#root, 'table').querySelector<HTMLElement>(name)?.focus();
  }

  #draw({ report }: InspectedTable, choices: TableChoices): void {
    const place = partOf(this.#root, 'table');
    const scrolled = place.querySelector('.data-scroll')?.scrollLeft ?? 0;
    place.replaceChildren(
      tableHead(report, choices, this.#shown?.file ?? 'The table'),
      html('div', { class: 'data-fields' }, ...tableFields(report, choices)),
    );
    const scroller = place.querySelector('.data-scroll');
    if (scroller) scroller.scrollLeft = scrolled;
    place.hidden = false;
  }

  #tell(shaped: ShapedTable): void {
    this.#say('');
    partOf(this.#root, 'table-outcome').replaceChildren(...outcome(shaped));
  }

  #say(words: string): void {
    partOf(this.#root, 'table-words').textContent = words;
  }
}
