// Makes a figure of what is its own: its state, what it reads of the data, its layers and its words. The rest is the same for all.
import { betweenMoments } from './between-moments.ts';
import type {
  Figure,
  FigureControl,
  FigureEnvironment,
  FigureHandle,
  FigureTable,
} from './figure.ts';
import { writeAbsence } from './labels.ts';
import { openStage, type Group, type Picking, type Stage } from './stage.ts';
import { initialState, type StateSchema } from './state-fields.ts';

/** One layer of a picture: what it depends on, and how it is drawn. It is drawn again only when an input has changed. */
export interface Layer<Scene> {
  readonly name: string;
  inputs(scene: Scene): readonly unknown[];
  draw(group: Group, scene: Scene): void;
}

/** What a figure says of itself, whatever it is drawn with. */
export interface FigureDefinition<Data, State, View> {
  readonly name: string;
  readonly state: StateSchema<State>;
  /** Height that suits a width, in CSS pixels. */
  height(width: number): number;
  /** Height that these data take in this state, where it is another one. */
  heightFor?(width: number, view: View): number;
  /** What of the data the state shows; where that is missing, one sentence that says so. */
  view(data: Data, state: NoInfer<State>): View | string;
  /** The text alternative, with the numbers. */
  describe(view: View, state: NoInfer<State>): string;
  /** What is drawn, as numbers. */
  table?(view: View, state: NoInfer<State>): FigureTable;
  /** What a reader may change; the same for every state of the same data. */
  controls?(data: Data): readonly FigureControl[];
  /** On a landscape: how far the picture can be trusted, a sentence each. */
  fidelity?(view: View, state: NoInfer<State>): readonly string[];
}

/** A figure that is drawn as SVG. */
export interface DrawingDefinition<
  Data,
  State extends object,
  View,
  Scene,
> extends FigureDefinition<Data, State, View> {
  /** Where everything stands at this size: boxes, scales, points. */
  scene(view: View, stage: Stage<Data, NoInfer<State>>): Scene;
  /** From the ground up. */
  readonly layers: readonly Layer<NoInfer<Scene>>[];
  /** How a network is picked in it. */
  picking?(scene: NoInfer<Scene>): Picking | null;
  /** The state a share `t` of the way between two, or null where nothing moves. */
  between?(from: NoInfer<State>, to: NoInfer<State>, t: number, data: Data): NoInfer<State> | null;
  /** How long that takes, where it is not as long as usual. */
  readonly motionMilliseconds?: number;
}

type Drawing<Data, State> = (
  container: HTMLElement,
  data: Data,
  state: State,
  environment: FigureEnvironment,
) => FigureHandle<Data, State>;

const noTable: FigureTable = { columns: [], rows: [] };

/** The figure of a definition, with words for missing data in every place; what is drawn is for `draw` to say. */
export function figureOf<Data, State extends object, View>(
  definition: FigureDefinition<Data, State, View>,
  draw: Drawing<Data, State>,
): Figure<Data, State> {
  const { name, state: schema, height, heightFor, view, table, controls, fidelity } = definition;
  /** What `use` makes of the view, or `missing` where there is none. */
  const ofView = <Result>(
    data: Data,
    state: State,
    use: (view: View) => Result,
    missing: (sentence: string) => Result,
  ): Result => {
    const found = view(data, state);
    return typeof found === 'string' ? missing(found) : use(found);
  };
  return {
    name,
    schema,
    initial: initialState(schema),
    height,
    ...(heightFor && {
      heightFor: (width, data, state) =>
        ofView(
          data,
          state,
          (found) => heightFor(width, found),
          () => height(width),
        ),
    }),
    draw,
    describe: (data, state) =>
      ofView(
        data,
        state,
        (found) => definition.describe(found, state),
        (sentence) => sentence,
      ),
    ...(table && {
      table: (data, state) =>
        ofView(
          data,
          state,
          (found) => table(found, state),
          () => noTable,
        ),
    }),
    ...(controls && { controls }),
    ...(fidelity && {
      fidelity: (data, state) =>
        ofView(
          data,
          state,
          (found) => fidelity(found, state),
          () => [],
        ),
    }),
  };
}

/** A figure drawn as SVG, in layers, which opens its stage, says what is missing, moves, resizes and picks as all others do. */
export function defineFigure<Data, State extends object, View, Scene>(
  definition: DrawingDefinition<Data, State, View, Scene>,
): Figure<Data, State> {
  const { name, view, scene, layers, picking, between, motionMilliseconds } = definition;

  function paint(stage: Stage<Data, State>): Picking | null {
    const found = view(stage.data, stage.state);
    const missing = typeof found === 'string' ? found : null;
    stage.layer('absence', [missing], (group) => {
      if (missing !== null) writeAbsence(group, stage.width, stage.height, missing);
    });
    if (typeof found === 'string') {
      stage.keepOnly('absence');
      return null;
    }
    const drawn = scene(found, stage);
    for (const layer of layers)
      stage.layer(layer.name, layer.inputs(drawn), (group) => layer.draw(group, drawn));
    return picking?.(drawn) ?? null;
  }

  const figure: Figure<Data, State> = figureOf<Data, State, View>(
    definition,
    (container, data, state, environment) =>
      openStage({
        name,
        container,
        data,
        state,
        environment,
        describe: figure.describe,
        paint,
        ...(between && { between }),
        ...(motionMilliseconds !== undefined && { motionMilliseconds }),
      }),
  );
  return figure;
}

/** For figures that move only in time: shows training up to a moment between two, where `last` ends it. */
export const playedUntil =
  <Data, State extends { readonly until: number | null }>(
    last: (data: Data, to: State) => number,
  ) =>
  (from: State, to: State, t: number, data: Data): State | null =>
    betweenMoments(from, to, t, last(data, to));

/** The layer of a reader's guess: empty as long as nothing is guessed. */
export const guessLayer = <Guess, Scene extends { readonly guess: Guess | null }>(
  inputs: (scene: Scene) => readonly unknown[],
  draw: (group: Group, scene: Scene, guess: Guess) => void,
): Layer<Scene> => ({
  name: 'guess',
  inputs: (scene) => [...inputs(scene), scene.guess],
  draw: (group, scene) => {
    if (scene.guess !== null) draw(group, scene, scene.guess);
  },
});
