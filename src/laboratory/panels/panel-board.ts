// The board: panels as the store lists them, drawn one a frame, and only those that can be seen.
import { yieldToTasks } from '../../worker/yield-to-tasks.ts';
import type { AnalysisClient } from '../../worker/analysis/analysis-client.ts';
import { onPick } from '../../elements/picks.ts';
import type { LabRun, RunKey } from '../lab-run.ts';
import type { LabState, PanelState } from '../lab-state.ts';
import type { LabStore } from '../lab-store.ts';
import { Answers } from './analysis-answers.ts';
import { Card, type Arrangement } from './panel-card.ts';
import { kindOptions } from './card-frame.ts';
import { isGoingOn, nextFrame } from './drawing-frames.ts';
import { matched, mostPanels, moved, plainPanel, replaced, without } from './panel-list.ts';

export interface BoardOptions {
  readonly store: LabStore;
  readonly analyses: AnalysisClient;
  /** Multiply-adds a second on this machine; null before anything was measured. */
  measuredSpeed?(): number | null;
  onLandscape(key: RunKey, landscapeInPlane: LabRun['landscapeInPlane']): void;
}

export class Board {
  readonly #root: HTMLElement;
  readonly #grid: HTMLElement;
  readonly #options: BoardOptions;
  readonly #answers: Answers;
  readonly #stops: (() => void)[];
  #cards: Card[] = [];
  #runs: readonly LabRun[] = [];
  /** Counts what is to be shown: an older drawing gives way to a newer. */
  #latest = 0;
  #isDestroyed = false;
  #isDrawing: Promise<void> = Promise.resolve();

  constructor(root: HTMLElement, options: BoardOptions) {
    this.#root = root;
    this.#options = options;
    this.#answers = new Answers(options.analyses);
    this.#grid = root.querySelector<HTMLElement>('[data-grid]')!;
    // What stood there until now was drawn at build time.
    this.#grid.replaceChildren();
    const add = root.querySelector<HTMLSelectElement>('[data-add]')!;
    add.append(...kindOptions());
    const adding = () => this.#add(add);
    const escaped = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (key !== 'Escape' || event.defaultPrevented) return;
      if (target instanceof Element && target.closest('.panel-drawing'))
        options.store.pass({ selected: null });
    };
    root.addEventListener('keydown', escaped);
    add.addEventListener('change', adding);
    this.#stops = [
      options.store.listen((state, before) => this.#follow(state, before)),
      onPick(root, ({ network }) => options.store.pass({ selected: network })),
      () => root.removeEventListener('keydown', escaped),
      () => add.removeEventListener('change', adding),
    ];
    root.toggleAttribute('data-alive', true);
    this.#arrange(options.store.state.panels);
  }

  /** At every frame, and whenever training paused or ended; resolves when drawn. */
  async show(runs: readonly LabRun[]): Promise<void> {
    const before = this.#runs;
    this.#runs = runs;
    const isLive = isGoingOn(before, runs);
    for (const card of this.#cards) card.take(runs, isLive);
    void this.#draw();
    await this.#drawn();
    if (isLive) this.#settleSoon();
  }

  destroy(): void {
    this.#isDestroyed = true;
    clearTimeout(this.#settling);
    for (const stop of this.#stops) stop();
    for (const card of this.#cards) card.destroy();
    this.#cards = [];
    this.#runs = [];
  }

  #settling = 0;

  /** No frame for a while: words, numbers and controls catch up. */
  #settleSoon(): void {
    clearTimeout(this.#settling);
    this.#settling = window.setTimeout(() => {
      for (const card of this.#cards) card.take(this.#runs, false);
      void this.#draw();
    }, 700);
  }

  /** Draws what is due, one card a frame, apart from the browser's own work for that frame: no task is long. */
  #draw(): Promise<void> {
    const request = ++this.#latest;
    const before = this.#isDrawing;
    this.#isDrawing = (async () => {
      await before;
      for (const card of [...this.#cards]) {
        if (request !== this.#latest || this.#isDestroyed) return;
        if (!card.wantsDrawing) continue;
        await nextFrame();
        await yieldToTasks();
        if (request !== this.#latest || this.#isDestroyed) return;
        await card.draw();
      }
    })();
    return this.#isDrawing;
  }

  /** Resolves once nothing is being drawn, whoever asked for it. */
  async #drawn(): Promise<void> {
    let awaited;
    do {
      awaited = this.#isDrawing;
      await awaited;
    } while (awaited !== this.#isDrawing);
  }

  #follow(state: LabState, before: LabState): void {
    if (state.panels !== before.panels) this.#arrange(state.panels);
    if (state.selected !== before.selected) for (const card of this.#cards) card.select();
    // What the settings rule out is said before anything runs.
    if (state.experiment !== before.experiment && this.#runs.length === 0) {
      for (const card of this.#cards) card.take(this.#runs, false);
      void this.#draw();
    }
  }

  /** Cards as the list says: kept where they are the same, moved, opened and closed. */
  #arrange(panels: readonly PanelState[]): void {
    const before = this.#cards;
    const places = matched(
      before.map(({ panel }) => panel),
      panels,
    );
    before.forEach((card, place) => {
      if (!places.includes(place)) card.destroy();
    });
    this.#cards = panels.map((panel, index) => {
      const card = before[places[index]!];
      if (!card) return this.#open(panel);
      if (card.panel !== panel) card.setPanel(panel);
      return card;
    });
    this.#cards.forEach(({ element }, index) => {
      const there = this.#grid.children[index];
      if (there !== element) this.#grid.insertBefore(element, there ?? null);
    });
    for (const card of this.#cards) card.reserve();
    const last = this.#cards.length - 1;
    this.#cards.forEach(({ element }, index) => {
      element.querySelector<HTMLButtonElement>('[data-act="earlier"]')!.disabled = index === 0;
      element.querySelector<HTMLButtonElement>('[data-act="later"]')!.disabled = index === last;
    });
    this.#root.querySelector<HTMLElement>('[data-empty]')!.hidden = last >= 0;
    const add = this.#root.querySelector<HTMLSelectElement>('[data-add]')!;
    add.disabled = panels.length >= mostPanels;
    void this.#draw();
  }

  #open(panel: PanelState): Card {
    const card = new Card(panel, {
      store: this.#options.store,
      answers: this.#answers,
      measuredSpeed: () => this.#options.measuredSpeed?.() ?? null,
      onLandscape: (key, landscapeInPlane) => this.#options.onLandscape(key, landscapeInPlane),
      change: (changed, next, of) => this.#change(changed, next, of),
      arrange: (arranged, how) => this.#move(arranged, how),
      isDue: () => void this.#draw(),
    });
    card.take(this.#runs, false);
    return card;
  }

  #change(card: Card, panel: PanelState, of: string): void {
    const { store } = this.#options;
    const index = this.#cards.indexOf(card);
    if (index < 0) return;
    const { panels } = store.state;
    // The card is that of the next panel before the lists are compared.
    card.setPanel(panel);
    store.change({ panels: replaced(panels, index, panel) }, of);
  }

  #move(card: Card, how: Arrangement): void {
    const { store } = this.#options;
    const index = this.#cards.indexOf(card);
    const { panels } = store.state;
    if (how === 'close') {
      store.change({ panels: without(panels, index) });
      const next = this.#cards[index] ?? this.#cards[index - 1];
      if (next) next.focusOn('close');
      else this.#root.querySelector<HTMLElement>('[data-add]')!.focus();
      return this.#say(`${card.title} is closed; undo brings it back.`);
    }
    store.change({ panels: moved(panels, index, how === 'earlier' ? -1 : 1) });
    const place = this.#cards.indexOf(card);
    const isAtEnd = place === (how === 'earlier' ? 0 : this.#cards.length - 1);
    card.focusOn(isAtEnd ? (how === 'earlier' ? 'later' : 'earlier') : how);
    card.element.scrollIntoView({ block: 'nearest' });
    this.#say(`${card.title} is now panel ${place + 1} of ${this.#cards.length}.`);
  }

  #add(add: HTMLSelectElement): void {
    const kind = add.value;
    add.selectedIndex = 0;
    if (kind === '') return;
    const { store } = this.#options;
    store.change({ panels: [...store.state.panels, plainPanel(kind)] });
    const card = this.#cards.at(-1);
    card?.element.scrollIntoView({ block: 'nearest' });
    if (card) this.#say(`${card.title} is added as panel ${this.#cards.length}.`);
  }

  #say(sentence: string): void {
    this.#root.querySelector('[data-board-say]')!.textContent = sentence;
  }
}
