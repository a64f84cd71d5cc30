// What the foot of a panel says of its picture: how far it can be trusted, what it shows in words, its numbers.
import type { NumberTable } from '../../elements/figure-numbers/number-table.ts';
import type { DrawnFigure } from '../../elements/figure-host.ts';
import type { State } from '../../elements/layered-state.ts';
import type { FigureData } from '../../elements/load-figure.ts';
import { sentenceInSight } from '../../elements/landscape-fidelity.ts';
import { writeText } from '../../elements/write-text.ts';

export interface DescribedFigure extends DrawnFigure<FigureData, State> {
  readonly isSurface: boolean;
  /** Sentences where the figure has none of its own. */
  fidelity(): readonly string[];
}

export class PanelWords {
  readonly #card: HTMLElement;
  readonly #described: () => DescribedFigure | null;
  #table: NumberTable | null = null;

  constructor(card: HTMLElement, described: () => DescribedFigure | null) {
    this.#card = card;
    this.#described = described;
    this.#about.addEventListener('toggle', () => void this.renew());
  }

  async renew(): Promise<void> {
    const described = this.#described();
    if (!described) return;
    const { figure, data, state, isSurface } = described;
    const own = figure.fidelity?.(data, state) ?? [];
    const trust = own.length > 0 ? own : described.fidelity();
    for (const part of ['honesty', 'trust']) this.#part(part).hidden = trust.length === 0;
    writeText(this.#part('honesty'), sentenceInSight(trust) ?? '');
    writeText(this.#part('fidelity'), trust.join(' '));
    this.#button('svg').hidden = isSurface;
    this.#button('csv').hidden = !figure.table;
    this.#part('table').hidden = !figure.table;
    if (!this.#about.open) return;
    writeText(this.#part('description'), figure.describe(data, state));
    if (!figure.table) return;
    const { NumberTable } = await import('../../elements/figure-numbers/number-table.ts');
    const now = this.#described();
    if (now?.figure !== figure) return;
    this.#table ??= new NumberTable(this.#part('table-body'));
    this.#table.show(figure.table(now.data, now.state));
  }

  clear(): void {
    this.#table = null;
    this.#part('table-body').replaceChildren();
  }

  get #about(): HTMLDetailsElement {
    return this.#card.querySelector<HTMLDetailsElement>('[data-about]')!;
  }

  #part(name: string): HTMLElement {
    return this.#card.querySelector<HTMLElement>(`[data-${name}]`)!;
  }

  #button(kind: 'svg' | 'csv'): HTMLElement {
    return this.#card.querySelector<HTMLElement>(`[data-save="${kind}"]`)!;
  }
}
