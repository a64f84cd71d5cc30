// The block and its paths in three.js: drawn only when something changed. Loaded by itself, so that other pages never fetch three.
import { AmbientLight, DirectionalLight, Scene, WebGLRenderer } from 'three';
import type { Camera, View } from './surface-camera.ts';
import { blockMaterials, blockObjects, colourWalls } from './live-block.ts';
import { aim, liveCamera } from './live-camera.ts';
import { LiveColours } from './live-colours.ts';
import { MarkerMaterials, markerObjects } from './live-markers.ts';
import { ObjectGroup } from './live-objects.ts';
import { drapedPaths, pathObjects } from './live-paths.ts';
import type { Layout, SurfaceScene } from './surface-scene.ts';
import { ambientLight, lampDirection, lampLight } from './shading.ts';

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

function rendererOn(canvas: HTMLCanvasElement): WebGLRenderer {
  // Asked for here, because three would write an error to the console where there is none.
  const context = canvas.getContext('webgl2', { alpha: true, antialias: true, depth: true });
  if (!context) throw new Error('This browser gives no WebGL 2 context to draw the surface with.');
  const renderer = new WebGLRenderer({ canvas, context, antialias: true, alpha: true });
  renderer.setClearAlpha(0);
  return renderer;
}

/** Throws where the browser gives no WebGL context. */
export function createLiveScene(canvas: HTMLCanvasElement): LiveScene {
  const renderer = rendererOn(canvas);
  const scene = new Scene();
  const camera = liveCamera();
  // three divides by pi in its Lambert material; these make it the still drawing's arithmetic.
  const lamp = new DirectionalLight('#fff', lampLight * Math.PI);
  scene.add(new AmbientLight('#fff', ambientLight * Math.PI), lamp);
  const block = blockMaterials();
  const markers = new MarkerMaterials();
  const materials = [block.ground, block.walls.x, block.walls.z, ...markers.all];
  const surface = new ObjectGroup(scene, materials);
  const paths = new ObjectGroup(scene, materials);
  const colours = new LiveColours(canvas);

  return {
    forgetColours: () => colours.forget(),

    setSurface: (next) => surface.replace(blockObjects(next, block)),

    setPaths({ model, data }, selected, compact) {
      const { paper, grid, networks } = colours.of(data.paths.map((path) => path.network));
      colourWalls(block.walls, grid);
      markers.setPaper(paper);
      const draped = drapedPaths(model, data.paths, networks, selected);
      paths.replace([
        ...pathObjects(draped, selected),
        ...markerObjects(draped, selected, compact, markers),
      ]);
    },

    render(from, view, { viewport }) {
      const ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
      renderer.setPixelRatio(ratio);
      renderer.setSize(viewport.width, viewport.height, false);
      markers.setPixelRatio(ratio);
      aim(camera, from, viewport);
      lamp.position.set(...lampDirection(view.azimuth));
      renderer.render(scene, camera);
    },

    destroy() {
      surface.clear();
      paths.clear();
      for (const material of materials) material.dispose();
      renderer.dispose();
      renderer.forceContextLoss();
    },
  };
}
