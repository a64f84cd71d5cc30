// Draws a figure where a chapter shows it, in every state and at every width, and reads what it says: text by section.
import type { Figure, FigureTable } from '../../../../src/figures/kit/figure.ts';
import { figureEntry } from '../../../../src/site/figure-entry.ts';
import { keptSource } from '../../../../src/site/gallery/kept-data.ts';
import type { FigurePlace } from '../../../../src/site/gallery/places.ts';
import type { FigureSource } from '../../../../src/site/readers/figure-source.ts';
import { drawStatic } from '../../../../src/site/static-drawing.ts';
import { emptyContainer } from '../drawing.ts';
import { normalForm } from './normal-form.ts';

type Data = FigureSource['data'];

/** A phone's column, what is drawn into the HTML, and what the chapter gives it on a large screen. */
export const widthsOf = ({ width }: FigurePlace): readonly number[] => [358, 560, width];

export const sectionName = (state: string, width: number): string => `${state}, ${width} px`;

/** By 'STATE, WIDTH px', 'STATE, in the HTML' (where that is another drawing) and 'STATE, in words'. */
export type Sections = ReadonlyMap<string, string>;

export async function drawPlace(place: FigurePlace): Promise<Sections> {
  const entry = figureEntry(place.figure, place.name);
  const figure = (await entry.load()) as Figure<Data, object>;
  const { data } = await keptSource(place);
  const states = [...place.states].map(
    ([name, state]) => [name, { ...figure.initial, ...state }] as const,
  );
  const first = states[0]![1];
  // As <atlas-figure> draws it: once, and then each state is an update of what stands there.
  const environment = (width: number) => ({
    width,
    height: figure.height(width),
    interactive: !entry.heavy,
    reducedMotion: true,
  });
  const live = widthsOf(place).map((width) => {
    const container = emptyContainer();
    return { width, container, ...figure.draw(container, data, first, environment(width)) };
  });
  const sections = new Map<string, string>();
  for (const [name, state] of states) {
    const drawn = new Set<string>();
    for (const { width, container, update } of live) {
      update(state);
      const text = normalForm(container.innerHTML);
      drawn.add(withoutHandles(text));
      sections.set(sectionName(name, width), text);
    }
    const still = await drawStatic(place.figure, data, state, place.name);
    const text = normalForm(still.html);
    if (!drawn.has(withoutHandles(text))) sections.set(`${name}, in the HTML`, text);
    const heights = widthsOf(place).map((width) => heightOf(figure, width, data, state));
    const words = wordsOf(still, figure.table?.(data, state));
    sections.set(`${name}, in words`, `heights: ${heights.join(' ')}\n${words}`);
  }
  for (const { destroy } of live) destroy();
  return sections;
}

/** What a page keeps for it before it is drawn. */
const heightOf = (figure: Figure<Data, object>, width: number, data: Data, state: object): number =>
  figure.heightFor?.(width, data, state) ?? figure.height(width);

/** Without what makes a drawing a control for keys and readers: the drawing in the HTML is an image. */
const withoutHandles = (text: string): string =>
  text.replaceAll(/ (?:role|tabindex|focusable|aria-[a-z]+)="[^"]*"/g, '');

function wordsOf(
  { description, fidelity, controls }: Awaited<ReturnType<typeof drawStatic>>,
  table: FigureTable | undefined,
): string {
  return [
    description,
    ...fidelity.map((sentence) => `fidelity: ${sentence}`),
    ...controls.map((control) => `control: ${JSON.stringify(control)}`),
    ...(table ? [JSON.stringify(table.columns), ...table.rows.map(rowOf)] : []),
  ].join('\n');
}

const rowOf = (row: FigureTable['rows'][number]): string =>
  row
    .map((value) => (typeof value === 'number' ? String(Number(value.toPrecision(9))) : value))
    .join('\t');
