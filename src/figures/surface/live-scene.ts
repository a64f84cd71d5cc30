// The block in three.js: drawn only when something changed. Loaded by itself, so that other pages never fetch three.
import {
  AmbientLight,
  BufferGeometry,
  Color,
  DirectionalLight,
  DoubleSide,
  Float32BufferAttribute,
  GreaterDepth,
  LessDepth,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  PerspectiveCamera,
  Points,
  Scene,
  SRGBColorSpace,
  WebGLRenderer,
} from 'three';
import type { Material, Object3D } from 'three';
import { LineMaterial } from 'three/examples/jsm/lines/LineMaterial.js';
import { LineSegments2 } from 'three/examples/jsm/lines/LineSegments2.js';
import { networkColour } from '../kit/palette.ts';
import type { Camera, View } from './surface-camera.ts';
import { fieldOfView } from './surface-camera.ts';
import { resolvedColours } from './css-colours.ts';
import { grid, paper } from './surface-frame.ts';
import type { Vector } from './surface-model.ts';
import { drapedPath } from './surface-model.ts';
import { contourGeometry, lineGeometry, skirtGeometry, surfaceGeometry } from './live-geometry.ts';
import { markerKinds, markerMaterial } from './live-materials.ts';
import type { Layout, SurfaceScene } from './surface-scene.ts';
import { ambientLight, lampDirection, lampLight, toLinear } from './shading.ts';

export interface LiveScene {
  /** Takes a new surface; dear, so only when heights changed. */
  setSurface(scene: SurfaceScene): void;
  /** The page's theme may have changed: the next paths ask for their colours again. */
  forgetColours(): void;
  /** Takes new paths or a new selection. */
  setPaths(scene: SurfaceScene, selected: number | null, compact: boolean): void;
  render(camera: Camera, view: View, layout: Layout): void;
  destroy(): void;
}

type Linear = Vector;
const linear = (colour: Vector): Linear => [
  toLinear(colour[0]),
  toLinear(colour[1]),
  toLinear(colour[2]),
];

/** Depth bias of flat lines, which would dip into sloping ground to either side (about 0.02 world units). */
const aboveGround = {
  polygonOffset: true,
  polygonOffsetFactor: -2,
  polygonOffsetUnits: -80_000,
} as const;

/** Radius of the sphere around the block: depth is spent on nothing else. */
const reach = 1.6;

/** Throws where the browser gives no WebGL context. */
export function createLiveScene(canvas: HTMLCanvasElement): LiveScene {
  // Asked for here, because three would write an error to the console where there is none.
  const context = canvas.getContext('webgl2', { alpha: true, antialias: true, depth: true });
  if (!context) throw new Error('This browser gives no WebGL 2 context to draw the surface with.');
  const renderer = new WebGLRenderer({ canvas, context, antialias: true, alpha: true });
  renderer.setClearAlpha(0);
  const scene = new Scene();
  const camera = new PerspectiveCamera(fieldOfView);
  // three divides by pi in its Lambert material; these make it the still drawing's arithmetic.
  const lamp = new DirectionalLight('#fff', lampLight * Math.PI);
  scene.add(new AmbientLight('#fff', ambientLight * Math.PI), lamp);

  const ground = new MeshLambertMaterial({
    vertexColors: true,
    side: DoubleSide,
    polygonOffset: true,
    polygonOffsetFactor: 1,
    polygonOffsetUnits: 1,
  });
  const walls = { z: new MeshBasicMaterial(), x: new MeshBasicMaterial() };
  for (const wall of [walls.x, walls.z]) wall.side = DoubleSide;
  const markers = { hidden: markerMaterial(true), seen: markerMaterial(false) };

  let surfaceObjects: Object3D[] = [];
  let pathObjects: Object3D[] = [];
  const remove = (objects: readonly Object3D[]): void => {
    const kept: readonly Material[] = [ground, walls.x, walls.z, markers.hidden, markers.seen];
    for (const object of objects) {
      scene.remove(object);
      const { geometry, material } = object as Mesh<BufferGeometry, Material>;
      geometry.dispose();
      if (!kept.includes(material)) material.dispose();
    }
  };
  const add = (objects: Object3D[], object: Object3D, order: number): void => {
    object.renderOrder = order;
    object.frustumCulled = false;
    objects.push(object);
    scene.add(object);
  };

  /** Resolved once for a theme: asking the page for fifty colours at every step would be slow. */
  let known: { networks: readonly number[]; colours: Vector[] } | null = null;
  const coloursOf = (networks: readonly number[]): Vector[] => {
    if (!known || known.networks.join() !== networks.join()) {
      const colours = resolvedColours(canvas.parentElement ?? canvas, [
        paper,
        grid,
        ...networks.map(networkColour),
      ]);
      known = { networks, colours };
    }
    return known.colours;
  };

  return {
    forgetColours() {
      known = null;
    },

    setSurface(next) {
      remove(surfaceObjects);
      surfaceObjects = [];
      add(surfaceObjects, new Mesh(surfaceGeometry(next), ground), 0);
      add(surfaceObjects, new Mesh(skirtGeometry(next.model, 'z'), walls.z), 0);
      add(surfaceObjects, new Mesh(skirtGeometry(next.model, 'x'), walls.x), 0);
      for (const dark of [false, true]) {
        const lines = next.contours
          .filter((contour) => contour.dark === dark)
          .flatMap((contour) => contour.lines);
        if (lines.length === 0) continue;
        const material = new LineBasicMaterial({
          color: dark ? 0x000000 : 0xffffff,
          transparent: true,
          opacity: dark ? 0.34 : 0.42,
          depthWrite: false,
        });
        add(surfaceObjects, new LineSegments(contourGeometry(lines), material), 1);
      }
    },

    setPaths({ model, data }, selected, compact) {
      remove(pathObjects);
      pathObjects = [];
      const colours = coloursOf(data.paths.map((path) => path.network));
      const [paperColour, gridColour] = [colours[0] as Vector, colours[1] as Vector];
      walls.z.color.setRGB(...gridColour, SRGBColorSpace);
      const [red, green, blue] = gridColour;
      walls.x.color.setRGB(0.9 * red, 0.9 * green, 0.9 * blue, SRGBColorSpace);
      for (const material of [markers.hidden, markers.seen]) {
        (material.uniforms['paper']?.value as Color).setRGB(...paperColour, SRGBColorSpace);
      }

      const draped = data.paths.map((path, i) => ({
        path,
        colour: linear(colours[i + 2] as Vector),
        pieces: drapedPath(model, path.points),
        chosen: path.network === selected,
      }));
      for (const chosen of [true, false]) {
        const lines = draped
          .filter((one) => one.chosen === chosen)
          .flatMap(({ pieces, colour }) => pieces.map((points) => ({ points, colour })));
        if (lines.length === 0) continue;
        const faded = selected !== null && !chosen;
        const width = chosen ? 3 : 1.6;
        // The chosen path first: it writes depth, and so stays clear of the faint ones after it.
        const order = chosen ? 2 : 5;
        const geometry = lineGeometry(lines);
        const line = (look: ConstructorParameters<typeof LineMaterial>[0], at: number): void => {
          const material = new LineMaterial({ transparent: true, ...aboveGround, ...look });
          add(pathObjects, new LineSegments2(geometry, material), at);
        };
        // Behind a ridge: faint. In front: a pale casing, and the line over it.
        const hidden = { linewidth: width, vertexColors: true, opacity: 0.22, depthWrite: false };
        line({ ...hidden, depthFunc: GreaterDepth }, order);
        if (!faded) {
          line(
            { linewidth: width + (chosen ? 2.2 : 1.2), color: 0xffffff, depthWrite: false },
            order + 1,
          );
        }
        // Writing depth, and refusing equal depth, keeps see-through joints from showing twice.
        line(
          {
            linewidth: width,
            vertexColors: true,
            opacity: faded ? 0.45 : 1,
            depthWrite: faded || chosen,
            ...(faded ? { depthFunc: LessDepth } : {}),
          },
          order + 2,
        );
      }

      const positions: number[] = [];
      const tints: number[] = [];
      const sizes: number[] = [];
      const kinds: number[] = [];
      for (const { path, colour, pieces, chosen } of draped.sort(
        (a, b) => Number(a.chosen) - Number(b.chosen),
      )) {
        const first = pieces[0]?.[0];
        const last = pieces.at(-1)?.at(-1);
        const mark = (point: Vector, kind: keyof typeof markerKinds): void => {
          positions.push(...point);
          tints.push(...colour);
          kinds.push(markerKinds[kind]);
          sizes.push((compact ? 8 : 10) * (chosen ? 1.5 : selected === null ? 1 : 0.75));
        };
        if (last && (last !== first || path.isEnd)) mark(last, path.diverged ? 'diverged' : 'end');
        if (first && !path.isEnd) mark(first, 'start');
      }
      for (const material of [markers.hidden, markers.seen]) {
        const geometry = new BufferGeometry()
          .setAttribute('position', new Float32BufferAttribute(positions, 3))
          .setAttribute('tint', new Float32BufferAttribute(tints, 3))
          .setAttribute('size', new Float32BufferAttribute(sizes, 1))
          .setAttribute('kind', new Float32BufferAttribute(kinds, 1));
        add(pathObjects, new Points(geometry, material), 9);
      }
    },

    render({ position, target }, view, { viewport }) {
      const ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
      renderer.setPixelRatio(ratio);
      renderer.setSize(viewport.width, viewport.height, false);
      for (const material of [markers.hidden, markers.seen]) {
        const uniform = material.uniforms['pixelRatio'];
        if (uniform) uniform.value = ratio;
      }
      camera.aspect = viewport.width / viewport.height;
      camera.position.set(...position);
      camera.lookAt(...target);
      const distance = Math.hypot(
        position[0] - target[0],
        position[1] - target[1],
        position[2] - target[2],
      );
      camera.near = Math.max(0.05, distance - reach);
      camera.far = distance + reach;
      camera.updateProjectionMatrix();
      lamp.position.set(...lampDirection(view.azimuth));
      renderer.render(scene, camera);
    },

    destroy() {
      remove(surfaceObjects);
      remove(pathObjects);
      for (const material of [ground, walls.x, walls.z, markers.hidden, markers.seen]) {
        material.dispose();
      }
      renderer.dispose();
      renderer.forceContextLoss();
    },
  };
}
