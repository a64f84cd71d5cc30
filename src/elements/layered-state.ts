// What a figure shows: the author's state, with what a reader chose, guessed or points at laid over it.

export type State = Readonly<Record<string, unknown>>;

/** What is laid over the state that the author wrote, the topmost last. */
const layers = ['reader', 'guess', 'phrase'] as const;
export type FigureLayer = (typeof layers)[number];

export class LayeredState {
  #ground: State;
  readonly #over: Record<FigureLayer, State> = { reader: {}, guess: {}, phrase: {} };

  constructor(ground: State) {
    this.#ground = ground;
  }

  /** All that is shown. */
  get shown(): State {
    return Object.assign({}, this.#ground, ...layers.map((layer) => this.#over[layer])) as State;
  }

  /** What differs from the author's state because a reader chose it, or keeps words of the text that show it. */
  get chosen(): State {
    const entries = Object.entries({ ...this.#over.reader, ...this.#over.phrase });
    return Object.fromEntries(
      entries.filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(this.#ground[key])),
    );
  }

  /**
   * The state of another step takes back what the reader had changed, or kept by words of the text, unless it is to be
   * kept. True where words had held something, and now hold nothing.
   */
  begin(ground: State, keepsChoice: boolean): boolean {
    this.#ground = ground;
    if (keepsChoice) return false;
    const held = Object.keys(this.#over.phrase).length > 0;
    this.#over.reader = {};
    this.#over.phrase = {};
    return held;
  }

  lay(layer: FigureLayer, state: State): void {
    this.#over[layer] = state;
  }

  /** Changes single keys of what the reader chose; true where words of the text had held one of them, and now hold none. */
  choose(state: State): boolean {
    this.#over.reader = { ...this.#over.reader, ...state };
    const held = Object.keys(state).some((key) => key in this.#over.phrase);
    if (held) {
      // The rest of what the words showed stays, as the reader's own.
      this.#over.reader = { ...this.#over.phrase, ...this.#over.reader };
      this.#over.phrase = {};
    }
    return held;
  }
}
