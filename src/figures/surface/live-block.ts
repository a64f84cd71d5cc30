// The block in three.js: its surface, the cut faces at its sides, and its contour lines.
import {
  DoubleSide,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  SRGBColorSpace,
} from 'three';
import { contourGeometry, skirtGeometry, surfaceGeometry } from './live-geometry.ts';
import type { Placed } from './live-objects.ts';
import type { Vector } from './surface-model.ts';
import type { Contour, SurfaceScene } from './surface-scene.ts';

export interface BlockMaterials {
  readonly ground: MeshLambertMaterial;
  /** The faces across Z and those across X. */
  readonly walls: { readonly z: MeshBasicMaterial; readonly x: MeshBasicMaterial };
}

export const blockMaterials = (): BlockMaterials => ({
  ground: new MeshLambertMaterial({
    vertexColors: true,
    side: DoubleSide,
    polygonOffset: true,
    polygonOffsetFactor: 1,
    polygonOffsetUnits: 1,
  }),
  walls: {
    z: new MeshBasicMaterial({ side: DoubleSide }),
    x: new MeshBasicMaterial({ side: DoubleSide }),
  },
});

/** The faces turned from the lamp are a shade darker, in either theme. */
export function colourWalls({ x, z }: BlockMaterials['walls'], colour: Vector): void {
  const [red, green, blue] = colour;
  z.color.setRGB(red, green, blue, SRGBColorSpace);
  x.color.setRGB(0.9 * red, 0.9 * green, 0.9 * blue, SRGBColorSpace);
}

export function blockObjects(scene: SurfaceScene, { ground, walls }: BlockMaterials): Placed[] {
  return [
    { object: new Mesh(surfaceGeometry(scene), ground), order: 0 },
    { object: new Mesh(skirtGeometry(scene.model, 'z'), walls.z), order: 0 },
    { object: new Mesh(skirtGeometry(scene.model, 'x'), walls.x), order: 0 },
    ...contourObjects(scene.contours),
  ];
}

/** Contours of one shade are one object. */
function contourObjects(contours: readonly Contour[]): Placed[] {
  return [false, true].flatMap((dark): Placed[] => {
    const lines = contours
      .filter((contour) => contour.dark === dark)
      .flatMap((contour) => contour.lines);
    if (lines.length === 0) return [];
    const material = new LineBasicMaterial({
      color: dark ? 0x000000 : 0xffffff,
      transparent: true,
      opacity: dark ? 0.34 : 0.42,
      depthWrite: false,
    });
    return [{ object: new LineSegments(contourGeometry(lines), material), order: 1 }];
  });
}
