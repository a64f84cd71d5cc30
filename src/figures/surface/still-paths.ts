// Paths and networks of the still drawing: lines that fade behind their front, small lights where networks are.
import { networkColour } from '../kit/palette.ts';
import { runs, simplified } from './line-runs.ts';
import { paper } from './surface-frame.ts';
import { agesOf, drapedPath } from './surface-drape.ts';
import type { SurfaceModel, Vector } from './surface-model.ts';
import type { SurfacePath } from './surface-data.ts';
import type { Attributes } from './svg-elements.ts';
import { append, pathData, pixel } from './svg-elements.ts';
import { startSize } from './terrain-look.ts';

const slack = 0.3;
/** Parts of a path by age, each as strong as its middle: the front is brightest. */
const ages = [
  { until: 0.45, strength: 0.5 },
  { until: 0.8, strength: 0.75 },
  { until: 1, strength: 1 },
] as const;
const behindGround = 0.22;

type Place = readonly [x: number, y: number];

export interface PathPage {
  readonly model: SurfaceModel;
  readonly compact: boolean;
  readonly unitsPerPixel: number;
  project(point: Vector): Place;
  visible(point: Vector): boolean;
}

interface Aged {
  readonly point: Vector;
  readonly age: number;
}

/** The selected network comes last, over the others, which then are faint. */
export function drawPaths(
  lines: Element,
  markers: Element,
  paths: readonly SurfacePath[],
  selected: number | null,
  page: PathPage,
): void {
  const ordered = [...paths].sort(
    (a, b) => Number(a.network === selected) - Number(b.network === selected),
  );
  for (const path of ordered) {
    const chosen = path.network === selected;
    const strength = selected === null || chosen ? 1 : 0.4;
    const pieces = drapedPath(page.model, path.points);
    const pieceAges = agesOf(pieces);
    pieces.forEach((points, k) => {
      const piece = points.map((point, i): Aged => ({ point, age: pieceAges[k]![i]! }));
      for (const run of runs(piece, ({ point }) => page.visible(point)))
        drawRun(lines, run.points, path, { chosen, strength, visible: run.visible }, page);
    });
    const [first, last] = [pieces[0]?.[0], pieces.at(-1)?.at(-1)];
    const look = { path, chosen, strength };
    if (last && (last !== first || path.isEnd))
      drawMarker(markers, last, path.diverged ? 'diverged' : 'end', look, page);
    if (first && !path.isEnd) drawMarker(markers, first, 'start', look, page);
  }
}

function drawRun(
  parent: Element,
  run: readonly Aged[],
  { network }: SurfacePath,
  look: { readonly chosen: boolean; readonly strength: number; readonly visible: boolean },
  { unitsPerPixel, project }: PathPage,
): void {
  const draw = (part: readonly Aged[], attributes: Attributes): void => {
    if (part.length < 2) return;
    const places = part.map(({ point }) => project(point));
    append(parent, 'path', {
      d: pathData(simplified(places, slack), unitsPerPixel),
      ...attributes,
    });
  };
  const width = (look.chosen ? 3.2 : 1.7) * unitsPerPixel;
  const stroke = networkColour(network);
  if (!look.visible) {
    draw(run, { stroke, 'stroke-opacity': behindGround, 'stroke-width': width });
    return;
  }
  if (look.strength === 1)
    draw(run, {
      stroke: '#fff',
      'stroke-opacity': look.chosen ? 0.6 : 0.28,
      'stroke-width': width + 2 * unitsPerPixel,
    });
  let from = 0;
  for (const { until, strength } of ages) {
    const past = run.findIndex(({ age }) => age > until);
    const to = past < 0 || until === 1 ? run.length - 1 : past;
    if (to > from)
      draw(run.slice(from, to + 1), {
        stroke,
        'stroke-opacity': Number((strength * look.strength).toFixed(2)),
        'stroke-width': width,
      });
    from = Math.max(from, to);
  }
}

function drawMarker(
  parent: Element,
  point: Vector,
  kind: 'start' | 'end' | 'diverged',
  look: { readonly path: SurfacePath; readonly chosen: boolean; readonly strength: number },
  { project, visible, compact }: PathPage,
): void {
  const [x, y] = project(point);
  const colour = networkColour(look.path.network);
  const radius =
    (compact ? 2.5 : 3.3) * (look.chosen ? 1.6 : 1) * (kind === 'start' ? startSize : 1);
  const strength = visible(point) ? look.strength : 0.3;
  const faded: Attributes = strength < 1 ? { opacity: strength } : {};
  if (kind === 'diverged') {
    const arm = pixel(2 * radius);
    append(parent, 'path', {
      class: 'surface-diverged',
      d: `M${pixel(x - radius)} ${pixel(y - radius)}l${arm} ${arm}m0-${arm}l-${arm} ${arm}`,
      stroke: colour,
      'stroke-width': 2,
      ...faded,
    });
    return;
  }
  const place = { cx: pixel(x), cy: pixel(y) };
  // Its light on the ground.
  if (kind === 'end' && strength === 1)
    append(parent, 'circle', {
      ...place,
      r: pixel(2.4 * radius),
      fill: '#fff',
      'fill-opacity': 0.14,
    });
  append(parent, 'circle', {
    class: `surface-${kind}`,
    ...place,
    r: pixel(radius),
    fill: kind === 'start' ? paper : colour,
    stroke: kind === 'start' ? colour : paper,
    'stroke-width': kind === 'start' ? 1.5 : 1,
    ...faded,
  });
}
