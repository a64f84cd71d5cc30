// The fall in three.js: one frame for a share of the clock and a reader's turn. Loaded by itself, after the still picture.
import { PerspectiveCamera, Scene, Vector3, WebGLRenderer } from 'three';
import { aim } from '../surface/live-camera.ts';
import type { FallStage } from './fall-camera.ts';
import { fallMoment, type FallMoment } from './fall-clock.ts';
import { lift, lightAt, type FallModel, type Vector } from './fall-model.ts';
import { groundMesh, lightPoints, nightMesh, Trails, type Segment } from './fall-objects.ts';
import { fieldOfView, type Camera } from '../surface/surface-camera.ts';
import { lampsAt } from '../surface/relief-light.ts';

export interface FallFrame {
  /** Share of the clock. */
  readonly at: number;
  readonly camera: Camera;
  readonly stage: FallStage;
}

export interface FallScene {
  /** Colours as sRGB, 0 to 1, and how strong each network shines. */
  colour(colours: readonly Vector[], strengths: readonly number[]): void;
  draw(frame: FallFrame): void;
  destroy(): void;
}

const lifted = ([x, y, z]: Vector): Vector => [x, y + lift, z];

function trailSegments(model: FallModel): Segment[] {
  return model.networks.flatMap(({ path }, index) =>
    path.slice(1).map((point, i): Segment => {
      const before = path[i]!;
      return {
        from: lifted(before.place),
        to: lifted(point.place),
        when: [before.when, point.when],
        index,
      };
    }),
  );
}

function dropSegments(model: FallModel): Segment[] {
  return model.networks.map(({ path }, index) => {
    const { place } = path.at(-1)!;
    return { from: place, to: place, when: [0, 1], index };
  });
}

/** @throws Error where the browser gives no WebGL 2 context. */
export function createFallScene(canvas: HTMLCanvasElement, model: FallModel): FallScene {
  const context = canvas.getContext('webgl2', { antialias: true, alpha: false });
  if (!context) throw new Error('This browser gives no WebGL 2 context to draw the fall with.');
  const renderer = new WebGLRenderer({ canvas, context, antialias: true });
  const scene = new Scene();
  const camera = new PerspectiveCamera(fieldOfView);
  const night = nightMesh();
  const ground = groundMesh(model);
  const trails = new Trails(trailSegments(model));
  const drops = new Trails(dropSegments(model));
  const lights = lightPoints(model.networks.length);
  [night, ground.mesh, trails.mesh, drops.mesh, lights].forEach((object, order) => {
    object.renderOrder = order;
    scene.add(object);
  });

  function move(moment: FallMoment): void {
    const places = lights.geometry.getAttribute('position');
    const reached = model.networks.map((_, index) => lightAt(model, index, moment));
    reached.forEach((place, index) => places.setXYZ(index, ...place));
    places.needsUpdate = true;
    drops.place(({ from }, s) => [from, reached[s]!]);
    drops.mesh.visible = moment.glass > 0;
  }

  function setUniforms(moment: FallMoment, { camera: from, stage }: FallFrame, ratio: number) {
    const { width, height } = stage;
    const azimuth = Math.atan2(from.position[0], from.position[2]);
    const { uniforms } = ground.material;
    uniforms['glass']!.value = moment.glass;
    uniforms['pixelRatio']!.value = ratio;
    lampsAt(azimuth).forEach(({ direction }, k) =>
      (uniforms['lamps']!.value as Vector3[])[k]!.set(...direction),
    );
    // Solid ground hides what lies behind it; glass hides nothing.
    ground.material.depthWrite = moment.glass === 0;
    for (const { mesh } of [trails, drops]) {
      mesh.material.uniforms['resolution']!.value.set(width, height);
      mesh.material.uniforms['width']!.value = 2.8;
    }
    trails.mesh.material.uniforms['learnt']!.value = moment.learnt;
    trails.mesh.material.uniforms['opacity']!.value = 1 - 0.35 * moment.glass;
    drops.mesh.material.uniforms['learnt']!.value = 1;
    drops.mesh.material.uniforms['opacity']!.value = 0.7 * moment.glass;
    const size = Math.min(34, Math.max(20, width / 34));
    lights.material.uniforms['size']!.value = size * ratio;
    lights.material.uniforms['hollow']!.value = Math.max(0, 1 - 12 * moment.learnt);
  }

  return {
    colour(colours, strengths) {
      trails.colour(colours, strengths);
      drops.colour(colours, strengths);
      const own = lights.geometry.getAttribute('colour');
      const strong = lights.geometry.getAttribute('strength');
      colours.forEach((colour, index) => {
        own.setXYZ(index, ...colour);
        strong.setX(index, strengths[index]!);
      });
      own.needsUpdate = true;
      strong.needsUpdate = true;
    },

    draw(frame) {
      const { width, height, room } = frame.stage;
      const ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
      renderer.setPixelRatio(ratio);
      renderer.setSize(width, height, false);
      const moment = fallMoment(frame.at);
      move(moment);
      setUniforms(moment, frame, ratio);
      aim(camera, frame.camera, { left: 0, top: 0, width, height });
      const shift = room.left + room.width / 2 - width / 2;
      const drop = room.top + room.height / 2 - height / 2;
      camera.setViewOffset(width, height, -shift, -drop, width, height);
      night.material.uniforms['middle']!.value.set((2 * shift) / width, (-2 * drop) / height);
      night.material.uniforms['shape']!.value.set(
        width / Math.max(width, height),
        height / Math.max(width, height),
      );
      renderer.render(scene, camera);
    },

    destroy() {
      for (const object of [night, ground.mesh, trails.mesh, drops.mesh, lights]) {
        object.geometry.dispose();
        object.material.dispose();
      }
      ground.material.uniforms['bands']!.value.dispose();
      ground.material.uniforms['lines']!.value.dispose();
      renderer.dispose();
      renderer.forceContextLoss();
    },
  };
}
