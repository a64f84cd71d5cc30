// The block in three.js: its ground, the lid where it is cut off, and the cut faces at its sides; it morphs from one to another.
import {
  DoubleSide,
  Mesh,
  ShaderMaterial,
  Vector3,
  type BufferGeometry,
  type IUniform,
} from 'three';
import type { Placed } from './live-objects.ts';
import { resampled } from './resampled-ground.ts';
import type { Vector } from './surface-model.ts';
import { blockHeight } from './surface-model.ts';
import type { SurfaceScene } from './surface-scene.ts';
import { terrainGeometry, wallGeometry } from './terrain-geometry.ts';
import { cutFrom, wallLine, wallVeil } from './terrain-look.ts';
import {
  disposeGround,
  setGround,
  setLamps,
  terrainMaterial,
  terrainUniforms,
} from './terrain-shader.ts';

const float = (value: number): string => value.toFixed(5);

const wallVertex = /* glsl */ `
  attribute float rise;
  attribute float fromRise;
  attribute vec2 facing;
  uniform float morph;
  varying float vRise;
  varying float vShade;
  void main() {
    vRise = mix(fromRise, rise, morph);
    vShade = abs(facing.x) > 0.5 ? 1.0 : ${float(wallVeil.darker)};
    vec3 place = vec3(position.x, vRise * ${float(blockHeight)}, position.z);
    gl_Position = projectionMatrix * modelViewMatrix * vec4(place, 1.0);
  }
`;

/** More index lines than any scale has. */
const mostIndexLines = 24;

const wallFragment = /* glsl */ `
  uniform vec3 paper;
  uniform float indexHeights[${mostIndexLines}];
  uniform float pixelRatio;
  varying float vRise;
  varying float vShade;
  void main() {
    if (vRise > ${float(cutFrom)}) discard;
    vec3 veil = vec3(${wallVeil.colour.map((value) => float(value / 255)).join()});
    float opacity = ${float(wallVeil.opacity)} * pow(max(vRise, 0.0), 1.4) * vShade;
    float perPixel = max(fwidth(vRise), 1e-6);
    float line = 0.0;
    for (int i = 0; i < ${mostIndexLines}; i++) {
      if (indexHeights[i] < 0.0) break;
      float away = abs(vRise - indexHeights[i]) / perPixel;
      line = max(line, clamp(0.5 + 0.5 * ${float(wallLine.width)} * pixelRatio - away, 0.0, 1.0));
    }
    opacity += (1.0 - opacity) * ${float(wallLine.opacity)} * line;
    gl_FragColor = vec4(mix(paper, veil, opacity), 1.0);
  }
`;

export class LiveBlock {
  readonly #uniforms = terrainUniforms();
  readonly #paper: IUniform<Vector3> = { value: new Vector3(1, 1, 1) };
  readonly #indexHeights: IUniform<number[]> = { value: [] };
  readonly #ground = [false, true].map((morphs) => terrainMaterial(this.#uniforms, { morphs }));
  readonly #lid = [false, true].map((morphs) =>
    terrainMaterial(this.#uniforms, { isLid: true, morphs }),
  );
  #terrain: readonly Mesh<BufferGeometry, ShaderMaterial>[] = [];
  readonly #walls = new ShaderMaterial({
    vertexShader: wallVertex,
    fragmentShader: wallFragment,
    uniforms: {
      morph: this.#uniforms.morph,
      pixelRatio: this.#uniforms.pixelRatio,
      paper: this.#paper,
      indexHeights: this.#indexHeights,
    },
    side: DoubleSide,
  });
  readonly materials: readonly ShaderMaterial[] = [...this.#ground, ...this.#lid, this.#walls];

  /** The objects of a surface; `from`, where it comes from another. */
  objects({ model, ground }: SurfaceScene, from: SurfaceScene | null): Placed[] {
    setGround(this.#uniforms, ground);
    const heights = ground.lines.filter(({ isIndex }) => isIndex).map(({ height }) => height);
    // One below the floor ends the list.
    this.#indexHeights.value = Array.from({ length: mostIndexLines }, (_, k) => heights[k] ?? -1);
    const before = from ? resampled(from.model, model) : model;
    const terrain = terrainGeometry(model, ground, before);
    const isCut = [model, before].some(({ levels }) => levels.some((level) => level > cutFrom));
    this.#terrain = [
      new Mesh(terrain, this.#ground[0]),
      ...(isCut ? [new Mesh(terrain, this.#lid[0])] : []),
    ];
    return [
      ...this.#terrain.map((object) => ({ object, order: 0 })),
      { object: new Mesh(wallGeometry(model, before), this.#walls), order: 0 },
    ];
  }

  /** From 0, the surface that it comes from, to 1. */
  setMorph(share: number): void {
    this.#uniforms.morph.value = share;
    const which = share < 1 ? 1 : 0;
    this.#terrain.forEach((mesh, k) => {
      mesh.material = (k === 0 ? this.#ground : this.#lid)[which]!;
    });
  }

  setPaper(colour: Vector): void {
    this.#paper.value.set(...colour);
  }

  setView(azimuth: number, pixelRatio: number): void {
    setLamps(this.#uniforms, azimuth);
    this.#uniforms.pixelRatio.value = pixelRatio;
  }

  dispose(): void {
    disposeGround(this.#uniforms);
    for (const material of this.materials) material.dispose();
  }
}
