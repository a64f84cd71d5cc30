// One camera for the still drawing and the live view: where it stands, and how a point lands on the page.
// (three's own camera does the same; doing it here keeps three out of pages that show the still drawing.)
import type { SurfaceModel, Vector } from './surface-model.ts';

/** Where the reader stands: angles in radians; zoom 1 shows the whole block. */
export interface View {
  /** 0 looks along the plane's y axis; grows as the reader walks to the right. */
  readonly azimuth: number;
  /** 0 is level with the ground, pi/2 straight above. */
  readonly elevation: number;
  readonly zoom: number;
}

export const initialView: View = { azimuth: 0.62, elevation: 0.6, zoom: 1 };
/** Never under the floor, where the block has no face; never quite overhead, where up would be undefined. */
export const elevationRange = [0.12, 1.45] as const;
export const zoomRange = [0.7, 4] as const;

export const clampView = (view: View): View => ({
  azimuth: view.azimuth,
  elevation: Math.min(Math.max(view.elevation, elevationRange[0]), elevationRange[1]),
  zoom: Math.min(Math.max(view.zoom, zoomRange[0]), zoomRange[1]),
});

/** Vertical field of view in degrees: long enough a lens to keep slopes comparable. */
export const fieldOfView = 24;
const tangent = Math.tan((fieldOfView * Math.PI) / 360);

/** The rectangle of the page that the scene is drawn in, in CSS pixels. */
export interface Viewport {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Room for tick labels around the block, in CSS pixels. */
export interface Padding {
  readonly horizontal: number;
  readonly vertical: number;
}

export interface Camera {
  readonly position: Vector;
  readonly target: Vector;
  readonly aspect: number;
  /** World point to CSS pixels, and its distance along the line of sight. */
  project(point: Vector): [x: number, y: number, depth: number];
}

type Block = Pick<SurfaceModel, 'halfWidth' | 'halfDepth' | 'height'>;

const corners = ({ halfWidth, halfDepth, height }: Block): Vector[] =>
  [-halfWidth, halfWidth].flatMap((x) =>
    [0, height].flatMap((y) => [-halfDepth, halfDepth].map((z): Vector => [x, y, z])),
  );

export function cameraAt(
  azimuth: number,
  elevation: number,
  distance: number,
  target: Vector,
  viewport: Viewport,
): Camera {
  const [sinA, cosA] = [Math.sin(azimuth), Math.cos(azimuth)];
  const [sinE, cosE] = [Math.sin(elevation), Math.cos(elevation)];
  const position: Vector = [
    target[0] + distance * cosE * sinA,
    target[1] + distance * sinE,
    target[2] + distance * cosE * cosA,
  ];
  const { left, top, width, height } = viewport;
  return {
    position,
    target,
    aspect: width / height,
    project([x, y, z]) {
      const [dx, dy, dz] = [x - position[0], y - position[1], z - position[2]];
      const right = dx * cosA - dz * sinA;
      const up = -dx * sinE * sinA + dy * cosE - dz * sinE * cosA;
      const depth = -(dx * cosE * sinA + dy * sinE + dz * cosE * cosA);
      // Both axes share one scale: half the height is `tangent` at depth 1.
      const perPixel = height / (2 * tangent * depth);
      return [left + width / 2 + right * perPixel, top + height / 2 - up * perPixel, depth];
    },
  };
}

/**
 * The camera of a view. Its distance is the least from which the whole block fits, whatever the azimuth,
 * so that turning the block never changes its size.
 */
export function cameraFor(block: Block, view: View, viewport: Viewport, padding: Padding): Camera {
  const target: Vector = [0, block.height * 0.3, 0];
  const points = corners(block);
  const fits = (distance: number): boolean => {
    for (let step = 0; step < 16; step++) {
      const camera = cameraAt((step * Math.PI) / 8, view.elevation, distance, target, viewport);
      for (const point of points) {
        const [x, y, depth] = camera.project(point);
        if (depth <= 0) return false;
        if (
          Math.abs(x - viewport.left - viewport.width / 2) >
          viewport.width / 2 - padding.horizontal
        )
          return false;
        if (
          Math.abs(y - viewport.top - viewport.height / 2) >
          viewport.height / 2 - padding.vertical
        )
          return false;
      }
    }
    return true;
  };
  let [near, far] = [1, 60];
  for (let i = 0; i < 18; i++) {
    const middle = (near + far) / 2;
    if (fits(middle)) far = middle;
    else near = middle;
  }
  return cameraAt(view.azimuth, view.elevation, far / view.zoom, target, viewport);
}
