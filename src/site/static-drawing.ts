// Draws a figure into the HTML while the site is built: what a reader sees before, or without, any script.
import { parseHTML } from 'linkedom';
import type { RunDisplay, StudyDisplay } from '../artifact/display.ts';
import type { Figure, FigureControl } from '../figures/kit/figure.ts';
import { controlsOf } from '../figures/kit/controls-of.ts';
import type { FigureEntry } from '../figures/index.ts';
import { fidelityOf, honestyOf, sentenceInSight } from '../elements/landscape-fidelity.ts';
import { checkState } from './check-state.ts';
import { figureEntry } from './figure-entry.ts';

type Data = RunDisplay | StudyDisplay;

/** CSS pixels of a static drawing: between a phone and the text column, since it is scaled to both. */
const staticWidth = 560;
/** Widths at which a figure's height is noted, so that the page keeps the right height before the figure comes alive. */
const notedWidths = [280, 360, 440, 560, 680, 800, 960, 1200];

export interface StaticDrawing {
  readonly html: string;
  /** "width:height" pairs, by which <atlas-figure> keeps its place. */
  readonly heights: string;
  readonly description: string;
  /** Of a landscape: how far it can be trusted, a sentence each. */
  readonly fidelity: readonly string[];
  /** Of that, the one sentence that no reader should miss; null where there is none. */
  readonly honesty: string | null;
  /** What a reader may change. */
  readonly controls: readonly FigureControl[];
  /** The figure gives its numbers. */
  readonly hasTable: boolean;
  /** Its live view is in 3D, and no drawing. */
  readonly isHeavy: boolean;
  /** The figure's initial state with the author's laid over it. */
  readonly state: object;
  /** The figure's own initial state. */
  readonly initial: object;
}

export async function drawStatic(
  name: string,
  data: Data,
  given: object,
  place: string,
): Promise<StaticDrawing> {
  const entry = figureEntry(name, place);
  const figure = (await entry.load()) as Figure<Data, object>;
  checkState(figure, given, place);
  const isHeavy = entry.heavy ?? false;
  const state = { ...figure.initial, ...given };
  const { document } = parseHTML('<!doctype html><html><body><div></div></body></html>');
  const container = document.querySelector('div') as unknown as HTMLElement;
  figure.draw(container, data, state, {
    width: staticWidth,
    height: figure.height(staticWidth),
    interactive: false,
    reducedMotion: true,
  });
  attributesForStyles(container);
  const heightAt = (width: number): number =>
    figure.heightFor?.(width, data, state) ?? figure.height(width);
  return {
    html: container.innerHTML,
    heights: notedWidths.map((width) => `${width}:${Math.round(heightAt(width))}`).join(' '),
    description: figure.describe(data, state),
    ...trustIn(figure, entry, data, state),
    controls: controlsOf(figure, data, isHeavy),
    hasTable: figure.table !== undefined,
    isHeavy,
    state,
    initial: figure.initial,
  };
}

/** The same drawing after its guess, for readers who cannot make one; null where it hides nothing. */
export async function drawRevealed(
  name: string,
  data: Data,
  { state }: StaticDrawing,
  place: string,
): Promise<StaticDrawing | null> {
  if ((state as { revealed?: unknown }).revealed !== false) return null;
  return drawStatic(name, data, { ...state, revealed: true }, place);
}

/** What they show is how far a plane or a projection can be trusted: a line below would say it twice. */
const drawingTheirHonesty: ReadonlySet<string> = new Set([
  'explained-variance',
  'plane-fidelity',
  'projection-distance',
  'projection-views',
]);

/** A figure's own sentences, one of which stays in sight, or for a landscape of a run those of every such picture. */
function trustIn(
  figure: Figure<Data, object>,
  { parts }: FigureEntry,
  data: Data,
  state: object,
): Pick<StaticDrawing, 'fidelity' | 'honesty'> {
  const own = figure.fidelity?.(data, state) ?? [];
  const isGround = parts?.includes('landscape') && 'landscape' in data;
  const fidelity = own.length > 0 ? own : isGround ? fidelityOf(data) : [];
  if (drawingTheirHonesty.has(figure.name)) return { fidelity, honesty: null };
  return {
    fidelity,
    honesty: own.length > 0 || !isGround ? sentenceInSight(own) : honestyOf(data),
  };
}

/** The content security policy allows no style attribute, and SVG takes the same properties as attributes. */
function attributesForStyles(container: HTMLElement): void {
  for (const element of container.querySelectorAll('svg [style], svg[style]')) {
    for (const declaration of (element.getAttribute('style') ?? '').split(';')) {
      const colon = declaration.indexOf(':');
      if (colon < 0) continue;
      element.setAttribute(declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim());
    }
    element.removeAttribute('style');
  }
}
