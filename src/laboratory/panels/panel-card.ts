// One panel of the board: a picture of a run, which run, which picture, and what is asked for it.
import type { State } from '../../elements/layered-state.ts';
import type { FigureData } from '../../elements/load-figure.ts';
import type { LabRun, RunKey } from '../lab-run.ts';
import type { PanelState } from '../lab-state.ts';
import type { LabStore } from '../lab-store.ts';
import type { Answers } from './analysis-answers.ts';
import { panelKindOf } from './panel-catalogue.ts';
import { cardFrame, dress } from './card-frame.ts';
import { CardPicture } from './card-picture.ts';
import { CardQuestion } from './card-question.ts';
import { CardSettings } from './card-settings.ts';
import { refusalOf, unknownKind, whatIsAwaited } from './card-words.ts';
import { loadPanelFigure, type PanelFigure } from './panel-figure.ts';
import type { PanelKind } from './panel-kind.ts';
import { plainPanel } from './panel-list.ts';
import { RunChoice } from './run-choice.ts';
import { saveCard } from './save-card.ts';

export type Arrangement = 'earlier' | 'later' | 'close';

export interface CardHost {
  readonly store: LabStore;
  readonly answers: Answers;
  measuredSpeed(): number | null;
  onLandscape(key: RunKey, landscapeInPlane: LabRun['landscapeInPlane']): void;
  /** @param of what is changed, so that a slider's way is undone as one. */
  change(card: Card, panel: PanelState, of: string): void;
  arrange(card: Card, how: Arrangement): void;
  /** The card has something else to draw, and is to be drawn after those before it. */
  isDue(card: Card): void;
}

let cards = 0;

export class Card {
  readonly element: HTMLElement;
  readonly #host: CardHost;
  readonly #picture: CardPicture;
  readonly #choice: RunChoice;
  #panel: PanelState;
  #kind: PanelKind | null = null;
  #question: CardQuestion | null = null;
  #settings: CardSettings | null = null;
  #loaded: PanelFigure | null = null;
  #runs: readonly LabRun[] = [];
  #isLive = false;
  #isVisible = false;
  #isDue = true;
  readonly #name: string;

  constructor(panel: PanelState, host: CardHost) {
    this.#panel = panel;
    this.#host = host;
    this.#name = `panel-${++cards}`;
    this.element = cardFrame();
    this.#picture = new CardPicture(this.element, {
      choose: (state) => this.#choose(state),
      sighted: (isVisible) => this.#see(isVisible),
    });
    const runs = this.element.querySelector<HTMLElement>('[data-run]')!;
    this.#choice = new RunChoice(runs, this.#name, (run) => this.#choose({ run }));
    this.#listen();
    this.#become(panel);
  }

  get panel(): PanelState {
    return this.#panel;
  }

  get title(): string {
    return this.#kind?.title ?? this.#panel.kind;
  }

  /** Whether it is near the screen and has something else to draw. */
  get wantsDrawing(): boolean {
    return this.#isDue && this.#isVisible;
  }

  /** The panel as the store now has it. */
  setPanel(panel: PanelState): void {
    const before = this.#panel;
    this.#panel = panel;
    if (panel.kind !== before.kind) this.#become(panel);
    dress(this.element, this.#name, this.#panel, this.#kind);
    this.take(this.#runs, this.#isLive);
    if (this.#picture.drawn) this.#redraw();
    else this.#host.isDue(this);
  }

  /** @param isLive whether more will come soon. */
  take(runs: readonly LabRun[], isLive: boolean): void {
    this.#runs = runs;
    this.#isLive = isLive;
    this.#choice.offer(this.#compares() ? [] : runs, this.#ownRuns()[0]?.key);
    this.#question?.take(this.#panel, this.#ownRuns());
    this.#settings?.take(this.#panel, this.#experiment());
    this.#isDue = true;
  }

  /** Another network is picked. */
  select(): void {
    if (this.#picture.drawn) this.#redraw();
    else this.#isDue = true;
  }

  /** Draws what it has; rejects nothing: what goes wrong is said in the panel. */
  async draw(): Promise<void> {
    this.#isDue = false;
    const kind = this.#kind;
    if (!kind) return this.#picture.wait(unknownKind(this.#panel.kind), null);
    const refusal = refusalOf(kind, this.#ownRuns(), this.#experiment());
    const data = refusal === null ? this.#data() : null;
    this.element.toggleAttribute('data-refused', refusal !== null);
    if (!data) {
      return this.#picture.wait(refusal ?? whatIsAwaited(kind, this.#ownRuns()), kind.kind);
    }
    try {
      const loaded = this.#loaded ?? (await loadPanelFigure(kind.figure));
      if (this.#kind !== kind) return;
      this.#loaded = loaded;
      this.#redraw();
    } catch (error) {
      if (this.#kind !== kind) return;
      console.error(error);
      this.#picture.wait(
        'The code of this picture could not be loaded: check the connection, and choose the picture again.',
        kind.kind,
      );
    }
  }

  /** Its place on the board is new, or of another width. */
  reserve(): void {
    this.#picture.reserve();
  }

  destroy(): void {
    this.#question?.destroy();
    this.#settings?.destroy();
    this.#picture.destroy();
    this.element.remove();
  }

  /** Puts the focus where it was, after the card has moved. */
  focusOn(act: string): void {
    this.element.querySelector<HTMLElement>(`[data-act="${act}"]`)?.focus();
  }

  #see(isVisible: boolean): void {
    this.#isVisible = isVisible;
    if (isVisible && this.#isDue) this.#host.isDue(this);
  }

  #listen(): void {
    const { element } = this;
    element.addEventListener('click', ({ target }) => {
      if (!(target instanceof Element)) return;
      const act = target.closest<HTMLElement>('[data-act]')?.dataset['act'];
      const kind = target.closest<HTMLElement>('[data-save]')?.dataset['save'];
      if (act === 'earlier' || act === 'later' || act === 'close') this.#host.arrange(this, act);
      else if (act === 'wide') this.#change({ wide: !this.#panel.wide }, '');
      else if (act === 'compute') void this.#question?.compute();
      else if (act === 'cancel') this.#question?.cancel();
      if (kind === 'png' || kind === 'svg' || kind === 'csv')
        void saveCard(kind, this.element, this.#picture, this.#ownRuns(), this.title);
    });
    element.querySelector<HTMLSelectElement>('[data-kind]')!.addEventListener('change', (event) => {
      const { value } = event.currentTarget as HTMLSelectElement;
      this.#host.change(this, { ...plainPanel(value), wide: this.#panel.wide }, '');
    });
  }

  #change(part: Partial<PanelState>, of: string): void {
    this.#host.change(this, { ...this.#panel, ...part }, of);
  }

  #choose({ selected, ...state }: State & { readonly selected?: unknown }): void {
    if (selected !== undefined) this.#host.store.pass({ selected: selected as number | null });
    const keys = Object.keys(state);
    if (keys.length === 0) return;
    const figure = { ...this.#panel.figure, ...(state as PanelState['figure']) };
    this.#change({ figure }, `${this.#name} ${keys.join(' ')}`);
  }

  /** Another kind of picture: everything of the one before is let go. */
  #become({ kind }: PanelState): void {
    this.#question?.destroy();
    this.#settings?.destroy();
    this.#loaded = null;
    this.#kind = panelKindOf(kind);
    this.#question = null;
    this.#settings = null;
    this.#picture.wait('', this.#kind?.kind ?? null);
    if (this.#kind && this.#kind.source.of !== 'run') {
      const { store, answers, measuredSpeed } = this.#host;
      this.#question = new CardQuestion(this.element, this.#kind, this.#panel, {
        store,
        answers,
        measuredSpeed,
        onLandscape: (key, landscapeInPlane) => this.#host.onLandscape(key, landscapeInPlane),
        changed: () => {
          this.#isDue = true;
          this.#host.isDue(this);
        },
      });
      if (this.#kind.source.of === 'analysis' && this.#kind.source.isSettable) {
        this.#settings = new CardSettings(this.element, this.#kind, this.#name, (analysis) =>
          this.#change({ analysis }, `${this.#name} analysis`),
        );
      }
    }
    dress(this.element, this.#name, this.#panel, this.#kind);
    this.#isDue = true;
  }

  #compares(): boolean {
    return this.#kind?.source.of === 'analysis' && this.#kind.source.compares === true;
  }

  #ownRuns(): readonly LabRun[] {
    if (this.#compares()) return this.#runs;
    const asked = this.#runs.find(({ key }) => key === this.#panel.figure['run']);
    const run = asked ?? this.#runs[0];
    return run ? [run] : [];
  }

  #experiment() {
    const run = this.#ownRuns()[0];
    return (
      run?.training?.experiment ?? run?.display?.experiment ?? this.#host.store.state.experiment
    );
  }

  #data(): FigureData | null {
    const { source } = this.#kind!;
    if (source.of !== 'run') return this.#question?.answered?.data ?? null;
    const display = this.#ownRuns()[0]?.display;
    return display?.[source.part] ? display : null;
  }

  /** Of the landscape of a run. */
  #fidelity(): readonly string[] {
    const data = this.#data();
    const landscape = this.#loaded?.landscape;
    if (!data || !landscape || !('experiment' in data)) return [];
    const isWhole =
      this.#kind?.source.of !== 'run' ||
      data.landscape === this.#ownRuns()[0]?.landscapeInPlane?.landscape;
    return isWhole ? landscape.fidelityOf(data) : landscape.fidelityWhileTraining(data);
  }

  #redraw(): void {
    const data = this.#data();
    if (!data || !this.#loaded || !this.#kind) return;
    this.#isDue = false;
    const networks = Math.max(
      ...this.#ownRuns().map(({ display }) => display?.experiment.initialisations ?? 0),
    );
    try {
      this.#picture.show({
        loaded: this.#loaded,
        data,
        usual: this.#kind.state ?? {},
        written: this.#panel.figure,
        selected: this.#host.store.state.selected,
        networks,
        fidelity: () => this.#fidelity(),
        isLive: this.#isLive && this.#kind.source.of === 'run',
      });
    } catch (error) {
      console.error(error);
      const reason = error instanceof Error ? ` (${error.message})` : '';
      this.#picture.wait(
        `This picture could not be drawn${reason}: choose another, or other settings.`,
        this.#kind.kind,
      );
    }
  }
}
