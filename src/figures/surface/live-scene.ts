// The block and its paths in three.js: drawn only when something changed. Loaded by itself, so that other pages never fetch three.
import { Scene, WebGLRenderer } from 'three';
import type { Camera, View } from './surface-camera.ts';
import { LiveBlock } from './live-block.ts';
import { aim, liveCamera } from './live-camera.ts';
import { LiveColours } from './live-colours.ts';
import { MarkerMaterials, markerObjects } from './live-markers.ts';
import { ObjectGroup } from './live-objects.ts';
import { drapedPaths, fitPaths, pathObjects } from './live-paths.ts';
import type { SurfaceScene } from './surface-scene.ts';
import type { Layout } from './surface-layout.ts';

export interface LiveScene {
  /** Takes a new surface; dear, so only when heights changed. It shows `from` until it is morphed. */
  setSurface(scene: SurfaceScene, from: SurfaceScene | null): void;
  /** From 0, the surface before, to 1; paths come in as the ground arrives. */
  setMorph(way: number): void;
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
  const block = new LiveBlock();
  const markers = new MarkerMaterials();
  const kept = [...block.materials, ...markers.all];
  const surface = new ObjectGroup(scene, kept);
  const paths = new ObjectGroup(scene, kept);
  const colours = new LiveColours(canvas);
  let arrived = 1;

  return {
    forgetColours: () => colours.forget(),

    setSurface(next, from) {
      surface.replace(block.objects(next, from));
      arrived = from ? 0 : 1;
      block.setMorph(arrived);
    },

    setMorph(way) {
      arrived = way;
      block.setMorph(way);
    },

    setPaths({ model, data }, selected, compact) {
      const { paper, networks } = colours.of(data.paths.map((path) => path.network));
      block.setPaper(paper);
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
      block.setView(view.azimuth, ratio);
      markers.setPixelRatio(ratio);
      fitPaths(paths, viewport, ratio, arrived ** 3);
      aim(camera, from, viewport);
      renderer.render(scene, camera);
    },

    destroy() {
      surface.clear();
      paths.clear();
      block.dispose();
      for (const material of markers.all) material.dispose();
      renderer.dispose();
      renderer.forceContextLoss();
    },
  };
}
