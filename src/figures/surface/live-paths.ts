// Paths in three.js, laid on the ground: lines that glow and fade behind their front, the chosen one over all.
import { Mesh, ShaderMaterial } from 'three';
import { fitGlow, glowGeometry, glowMaterial, type GlowLine, type GlowPart } from './glow-line.ts';
import type { ObjectGroup, Placed } from './live-objects.ts';
import type { SurfacePath } from './surface-data.ts';
import { agesOf, drapedPath } from './surface-drape.ts';
import type { SurfaceModel, Vector } from './surface-model.ts';

export interface DrapedPath {
  readonly path: SurfacePath;
  /** sRGB, 0 to 1. */
  readonly colour: Vector;
  /** Unbroken pieces on the ground, in world coordinates. */
  readonly pieces: readonly (readonly Vector[])[];
  readonly chosen: boolean;
}

/** @param colours one for each path. */
export const drapedPaths = (
  model: SurfaceModel,
  paths: readonly SurfacePath[],
  colours: readonly Vector[],
  selected: number | null,
): DrapedPath[] =>
  paths.map((path, i) => ({
    path,
    colour: colours[i]!,
    pieces: drapedPath(model, path.points),
    chosen: path.network === selected,
  }));

/** Lines float this far above the ground, in world units. */
const lift = 0.004;

const linesOf = ({ pieces, colour }: DrapedPath): GlowLine[] => {
  const ages = agesOf(pieces);
  return pieces.map((points, k) => ({
    points: points.map(([x, y, z]): Vector => [x, y + lift, z]),
    ages: ages[k]!,
    colour,
  }));
};

const parts: readonly GlowPart[] = ['hidden', 'halo', 'core'];

/** All glows come before all lines, so that no line is veiled; the chosen path comes after the others. */
export function pathObjects(paths: readonly DrapedPath[], selected: number | null): Placed[] {
  return [false, true].flatMap((chosen) => {
    const lines = paths.filter((path) => path.chosen === chosen).flatMap(linesOf);
    if (lines.length === 0) return [];
    const isFaded = selected !== null && !chosen;
    const look = { width: chosen ? 3.2 : 1.7, strength: isFaded ? 0.4 : 1 };
    const geometry = glowGeometry(lines);
    return parts.flatMap((part, pass): Placed[] =>
      // Where one is chosen, it alone shines.
      part === 'halo' && isFaded
        ? []
        : [
            {
              object: new Mesh<typeof geometry, ShaderMaterial>(geometry, glowMaterial(part, look)),
              order: (chosen ? 5 : 2) + pass,
            },
          ],
    );
  });
}

/** Tells the lines among a group's objects how many pixels there are, and how much of them is to be seen, 0 to 1. */
export function fitPaths(
  group: ObjectGroup,
  viewport: { readonly width: number; readonly height: number },
  pixelRatio: number,
  presence: number,
): void {
  for (const { material } of group.objects)
    if (material instanceof ShaderMaterial && 'reach' in material.uniforms)
      fitGlow(material, viewport, pixelRatio, presence);
}
