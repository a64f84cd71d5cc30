// The fall's buffers for three.js: the ground, the trails of the shadows, the drops, and the lights.
import {
  BufferGeometry,
  CustomBlending,
  DataTexture,
  DoubleSide,
  Float32BufferAttribute,
  Mesh,
  OneFactor,
  OneMinusSrcColorFactor,
  PlaneGeometry,
  Points,
  RGBAFormat,
  ShaderMaterial,
  Uint32BufferAttribute,
  Vector2,
  Vector3,
} from 'three';
import { rgb } from 'd3';
import { rays } from '../kit/relief/hillshade.ts';
import type { FallModel, Vector } from './fall-model.ts';
import * as shaders from './fall-shaders.ts';

/** Light over light never grows past white: each adds what the other leaves. */
const screen = {
  blending: CustomBlending,
  blendSrc: OneFactor,
  blendDst: OneMinusSrcColorFactor,
  transparent: true,
  depthWrite: false,
} as const;

function rowTexture(colours: readonly (readonly [number, number, number])[]): DataTexture {
  const bytes = Uint8Array.from(colours.flatMap((colour) => [...colour, 255]));
  const texture = new DataTexture(bytes, colours.length, 1, RGBAFormat);
  texture.needsUpdate = true;
  return texture;
}

export function groundMesh(model: FallModel) {
  const { columns, rows, positions, normals, sky, contours, scale } = model;
  const indices = new Uint32Array(6 * (columns - 1) * (rows - 1));
  let k = 0;
  for (let row = 0; row + 1 < rows; row++)
    for (let column = 0; column + 1 < columns; column++) {
      const i = row * columns + column;
      indices.set([i, i + 1, i + columns, i + 1, i + columns + 1, i + columns], k);
      k += 6;
    }
  const geometry = new BufferGeometry()
    .setAttribute('position', new Float32BufferAttribute(positions, 3))
    .setAttribute('normal', new Float32BufferAttribute(normals, 3))
    .setAttribute('sky', new Float32BufferAttribute(sky, 1))
    .setAttribute('contour', new Float32BufferAttribute(contours, 1))
    .setIndex(new Uint32BufferAttribute(indices, 1));
  const bands = scale.bands.map(({ colour }): [number, number, number] => {
    const { r, g, b } = rgb(colour);
    return [r, g, b];
  });
  // Band k lies over line k - 1; before the first and after the last line there is none to draw.
  const strong = [false, ...scale.lines.map(({ isIndex }) => isIndex), false];
  const material = new ShaderMaterial({
    vertexShader: shaders.groundVertex,
    fragmentShader: shaders.groundFragment,
    uniforms: {
      bands: { value: rowTexture(bands) },
      lines: { value: rowTexture(strong.map((is) => [is ? 255 : 0, 0, 0])) },
      lamps: { value: rays.map(() => new Vector3()) },
      lampWeights: { value: rays.map(({ weight }) => weight) },
      glass: { value: 0 },
      pixelRatio: { value: 1 },
    },
    side: DoubleSide,
    transparent: true,
  });
  return { mesh: new Mesh(geometry, material), material };
}

export interface Segment {
  readonly from: Vector;
  readonly to: Vector;
  /** When its ends are reached, 0 to 1. */
  readonly when: readonly [number, number];
  /** Index of its network among those drawn. */
  readonly index: number;
}

/** Lines of constant width: each segment is two triangles that the vertex shader spreads on the screen. */
export class Trails {
  readonly mesh: Mesh<BufferGeometry, ShaderMaterial>;
  readonly #segments: readonly Segment[];

  constructor(segments: readonly Segment[]) {
    this.#segments = segments;
    const corners = segments.flatMap(() => [-1, 1, 1, 1, -1, -1, 1, -1]);
    const whens = segments.flatMap(({ when: [a, b] }) => [a, a, b, b]);
    const indices = segments.flatMap((_, s) => [0, 1, 2, 2, 1, 3].map((i) => 4 * s + i));
    const count = 4 * segments.length;
    const geometry = new BufferGeometry()
      .setAttribute('position', new Float32BufferAttribute(new Float32Array(3 * count), 3))
      .setAttribute('other', new Float32BufferAttribute(new Float32Array(3 * count), 3))
      .setAttribute('colour', new Float32BufferAttribute(new Float32Array(3 * count), 3))
      .setAttribute('strength', new Float32BufferAttribute(new Float32Array(count), 1))
      .setAttribute('corner', new Float32BufferAttribute(corners, 2))
      .setAttribute('when', new Float32BufferAttribute(whens, 1))
      .setIndex(indices);
    const material = new ShaderMaterial({
      ...screen,
      vertexShader: shaders.trailVertex,
      fragmentShader: shaders.trailFragment,
      uniforms: {
        resolution: { value: new Vector2(1, 1) },
        width: { value: 2 },
        learnt: { value: 0 },
        opacity: { value: 1 },
      },
      side: DoubleSide,
    });
    this.mesh = new Mesh(geometry, material);
    this.mesh.frustumCulled = false;
    this.place((segment) => [segment.from, segment.to]);
  }

  /** Gives each segment its two ends. */
  place(endsOf: (segment: Segment, s: number) => readonly [Vector, Vector]): void {
    const position = this.mesh.geometry.getAttribute('position');
    const other = this.mesh.geometry.getAttribute('other');
    this.#segments.forEach((segment, s) => {
      const [from, to] = endsOf(segment, s);
      for (const [k, here, there] of [
        [0, from, to],
        [1, from, to],
        [2, to, from],
        [3, to, from],
      ] as const) {
        position.setXYZ(4 * s + k, ...here);
        other.setXYZ(4 * s + k, ...there);
      }
    });
    position.needsUpdate = true;
    other.needsUpdate = true;
  }

  colour(colours: readonly Vector[], strengths: readonly number[]): void {
    const colour = this.mesh.geometry.getAttribute('colour');
    const strength = this.mesh.geometry.getAttribute('strength');
    this.#segments.forEach(({ index }, s) => {
      for (let k = 0; k < 4; k++) {
        colour.setXYZ(4 * s + k, ...colours[index]!);
        strength.setX(4 * s + k, strengths[index]!);
      }
    });
    colour.needsUpdate = true;
    strength.needsUpdate = true;
  }
}

/** A disc of light with a halo for each network. */
export function lightPoints(count: number) {
  const geometry = new BufferGeometry()
    .setAttribute('position', new Float32BufferAttribute(new Float32Array(3 * count), 3))
    .setAttribute('colour', new Float32BufferAttribute(new Float32Array(3 * count), 3))
    .setAttribute('strength', new Float32BufferAttribute(new Float32Array(count), 1));
  const material = new ShaderMaterial({
    ...screen,
    vertexShader: shaders.lightVertex,
    fragmentShader: shaders.lightFragment,
    uniforms: { size: { value: 30 }, hollow: { value: 1 } },
  });
  const points = new Points(geometry, material);
  points.frustumCulled = false;
  return points;
}

export function nightMesh() {
  const material = new ShaderMaterial({
    vertexShader: shaders.skyVertex,
    fragmentShader: shaders.skyFragment,
    uniforms: { middle: { value: new Vector2() }, shape: { value: new Vector2(1, 1) } },
    depthTest: false,
    depthWrite: false,
  });
  const mesh = new Mesh(new PlaneGeometry(2, 2), material);
  mesh.frustumCulled = false;
  return mesh;
}
