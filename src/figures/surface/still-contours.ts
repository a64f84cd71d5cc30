// The contour lines of the still drawing: those parts that the reader sees, as few and long lines.
import { runs, simplified } from './line-runs.ts';
import {
  chained,
  contourSegments,
  type ContourSegment,
  type GridPoint,
} from './surface-contours.ts';
import type { SurfaceModel, Vector } from './surface-model.ts';
import type { SurfaceScene } from './surface-scene.ts';
import { pathData, type Attributes } from './svg-elements.ts';
import { lineLooks } from './terrain-look.ts';

/** How far, in pixels, a line on the page may lie from where it should. */
const slack = 0.35;

interface Page {
  /** Units of its coordinates to a pixel. */
  readonly unitsPerPixel: number;
  project(point: Vector): readonly [x: number, y: number];
  visible(point: Vector): boolean;
}

/** A path for each look and colour, as attributes. */
export function contourPaths(
  { model, ground }: SurfaceScene,
  { unitsPerPixel, project, visible }: Page,
): Attributes[] {
  const heights = ground.lines.map(({ height }) => height);
  const segments = contourSegments(model.levels, model.rows, model.columns, heights);
  const ofLine = heights.map((): ContourSegment[] => []);
  for (const segment of segments) ofLine[segment.index]!.push(segment);
  const looks = new Map<string, { colour: string; look: keyof typeof lineLooks; d: string }>();
  ground.lines.forEach(({ height, isIndex, colour }, index) => {
    const look = isIndex ? 'index' : 'plain';
    const known = looks.get(`${look} ${colour}`) ?? { colour, look, d: '' };
    looks.set(`${look} ${colour}`, known);
    for (const line of chained(ofLine[index]!)) {
      const points = line.map((point) => inWorld(model, point, height));
      for (const run of runs(points, visible))
        if (run.visible)
          known.d += pathData(simplified(run.points.map(project), slack), unitsPerPixel);
    }
  });
  return [...looks.values()]
    .filter(({ d }) => d !== '')
    .map(({ colour, look, d }) => ({
      d,
      fill: 'none',
      stroke: colour,
      'stroke-opacity': lineLooks[look].opacity,
      'stroke-width': lineLooks[look].width * unitsPerPixel,
    }));
}

/** World position of a point in fractional grid indices, at a level. */
function inWorld(model: SurfaceModel, [column, row]: GridPoint, level: number): Vector {
  const { columns, rows, halfWidth, halfDepth, height } = model;
  return [
    halfWidth * ((2 * column) / (columns - 1) - 1),
    level * height,
    halfDepth * (1 - (2 * row) / (rows - 1)),
  ];
}
