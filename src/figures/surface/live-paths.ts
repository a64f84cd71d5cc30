// Paths in three.js, laid on the ground: the chosen one thick, those behind a ridge faint.
import { GreaterDepth, LessDepth } from 'three';
import {
  LineMaterial,
  type LineMaterialParameters,
} from 'three/examples/jsm/lines/LineMaterial.js';
import { LineSegments2 } from 'three/examples/jsm/lines/LineSegments2.js';
import { lineGeometry } from './live-geometry.ts';
import type { Placed } from './live-objects.ts';
import { toLinear } from './shading.ts';
import type { SurfacePath } from './surface-data.ts';
import { drapedPath, type SurfaceModel, type Vector } from './surface-model.ts';

export interface DrapedPath {
  readonly path: SurfacePath;
  /** In linear light. */
  readonly colour: Vector;
  /** Unbroken pieces on the ground, in world coordinates. */
  readonly pieces: readonly (readonly Vector[])[];
  readonly chosen: boolean;
}

/** @param colours one for each path, in sRGB. */
export const drapedPaths = (
  model: SurfaceModel,
  paths: readonly SurfacePath[],
  colours: readonly Vector[],
  selected: number | null,
): DrapedPath[] =>
  paths.map((path, i) => {
    const [red, green, blue] = colours[i] as Vector;
    return {
      path,
      colour: [toLinear(red), toLinear(green), toLinear(blue)],
      pieces: drapedPath(model, path.points),
      chosen: path.network === selected,
    };
  });

/** Depth bias of flat lines, which would dip into sloping ground to either side (about 0.02 world units). */
const aboveGround = {
  polygonOffset: true,
  polygonOffsetFactor: -2,
  polygonOffsetUnits: -80_000,
} as const;

interface LineLook {
  readonly chosen: boolean;
  /** Another path is chosen. */
  readonly faded: boolean;
}

/** From behind to the front, one upon the other: faint behind a ridge, and before it a pale casing and the line itself. */
function linePasses({ chosen, faded }: LineLook): (LineMaterialParameters | null)[] {
  const linewidth = chosen ? 3 : 1.6;
  return [
    { linewidth, vertexColors: true, opacity: 0.22, depthWrite: false, depthFunc: GreaterDepth },
    faded
      ? null
      : { linewidth: linewidth + (chosen ? 2.2 : 1.2), color: 0xffffff, depthWrite: false },
    // Writing depth, and refusing equal depth, keeps see-through joints from showing twice.
    {
      linewidth,
      vertexColors: true,
      opacity: faded ? 0.45 : 1,
      depthWrite: faded || chosen,
      ...(faded ? { depthFunc: LessDepth } : {}),
    },
  ];
}

/** The chosen path first: it writes depth, and so stays clear of the faint ones after it. */
export function pathObjects(paths: readonly DrapedPath[], selected: number | null): Placed[] {
  return [true, false].flatMap((chosen) => {
    const lines = paths
      .filter((path) => path.chosen === chosen)
      .flatMap(({ pieces, colour }) => pieces.map((points) => ({ points, colour })));
    if (lines.length === 0) return [];
    const geometry = lineGeometry(lines);
    const order = chosen ? 2 : 5;
    return linePasses({ chosen, faded: selected !== null && !chosen }).flatMap(
      (look, pass): Placed[] => {
        if (!look) return [];
        const material = new LineMaterial({ transparent: true, ...aboveGround, ...look });
        return [{ object: new LineSegments2(geometry, material), order: order + pass }];
      },
    );
  });
}
