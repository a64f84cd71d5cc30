// The numbers that a figure draws, as a table that can be sorted by any column.
import type { FigureTable } from '../../figures/kit/figure.ts';
import { formatNumber } from '../../figures/kit/format.ts';
import { counted } from '../../learning/counted.ts';
import { sortRows, type Direction } from './sort-rows.ts';

/** More rows than these are nothing to read; the file holds all. */
const mostRows = 200;

type Cell = FigureTable['rows'][number][number];

const textOf = (cell: Cell): string => {
  if (cell === null || (typeof cell === 'number' && Number.isNaN(cell))) return '–';
  return typeof cell === 'number' ? formatNumber(cell) : cell;
};

export class NumberTable {
  readonly #root: HTMLElement;
  #table: FigureTable = { columns: [], rows: [] };
  #columns = '';
  #sorted: { column: number; direction: Direction } | null = null;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** Shows other numbers, in the order that the reader chose. */
  show(table: FigureTable): void {
    this.#table = table;
    const columns = JSON.stringify(table.columns);
    if (columns !== this.#columns) {
      this.#columns = columns;
      if (this.#sorted && this.#sorted.column >= table.columns.length) this.#sorted = null;
      this.#build();
    }
    this.#fill();
  }

  #build(): void {
    const table = document.createElement('table');
    const head = table.createTHead().insertRow();
    this.#table.columns.forEach(({ name, unit }, column) => {
      const cell = document.createElement('th');
      cell.scope = 'col';
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = unit ? `${name} (${unit})` : name;
      button.addEventListener('click', () => this.#sortBy(column));
      cell.append(button);
      head.append(cell);
    });
    table.createTBody();
    const scroller = document.createElement('div');
    scroller.className = 'numbers-table';
    scroller.tabIndex = 0;
    scroller.setAttribute('role', 'region');
    scroller.setAttribute('aria-label', 'The numbers of this figure');
    scroller.append(table);
    const note = document.createElement('p');
    note.className = 'numbers-note';
    this.#root.replaceChildren(scroller, note);
  }

  #sortBy(column: number): void {
    const isSame = this.#sorted?.column === column;
    const direction =
      isSame && this.#sorted?.direction === 'ascending' ? 'descending' : 'ascending';
    this.#sorted = { column, direction };
    this.#fill();
  }

  #fill(): void {
    const { rows, columns } = this.#table;
    const sorted = this.#sorted
      ? sortRows(rows, this.#sorted.column, this.#sorted.direction)
      : rows;
    this.#root.querySelectorAll('th').forEach((cell, column) => {
      if (column === this.#sorted?.column) cell.ariaSort = this.#sorted.direction;
      else cell.removeAttribute('aria-sort');
    });
    const isNumber = columns.map((_, column) =>
      rows.some((row) => typeof row[column] === 'number'),
    );
    const lines = sorted.slice(0, mostRows).map((row) => {
      const line = document.createElement('tr');
      row.forEach((cell, column) => {
        const field = line.insertCell();
        field.textContent = textOf(cell);
        if (isNumber[column]) field.className = 'number';
      });
      return line;
    });
    this.#root.querySelector('tbody')?.replaceChildren(...lines);
    const note = this.#root.querySelector('.numbers-note');
    if (!note) return;
    const order = this.#sorted
      ? `, sorted by ${columns[this.#sorted.column]?.name}, ${this.#sorted.direction}`
      : '';
    note.textContent =
      rows.length > mostRows
        ? `The first ${mostRows} of ${rows.length} rows${order}; the CSV file holds them all.`
        : `${counted(rows.length, 'row')}${order}, rounded; the CSV file holds every digit.`;
  }
}
