// Lines of even thickness that glow, and fade behind their front: ribbons that a shader turns towards the reader.
import {
  BufferGeometry,
  CustomBlending,
  DoubleSide,
  Float32BufferAttribute,
  GreaterDepth,
  LessEqualDepth,
  MaxEquation,
  NormalBlending,
  OneFactor,
  ShaderMaterial,
  Vector2,
} from 'three';
import type { Vector } from './surface-model.ts';

/** One unbroken line. */
export interface GlowLine {
  readonly points: readonly Vector[];
  /** Of each point: 0 where the path is oldest, 1 at its front. */
  readonly ages: readonly number[];
  /** sRGB, 0 to 1. */
  readonly colour: Vector;
}

/** Two vertices a point, one to either side, and two triangles a step. */
export function glowGeometry(lines: readonly GlowLine[]): BufferGeometry {
  const [position, previous, next, tint]: [number[], number[], number[], number[]] = [
    [],
    [],
    [],
    [],
  ];
  const [side, age, index]: [number[], number[], number[]] = [[], [], []];
  for (const { points, ages, colour } of lines)
    points.forEach((point, k) => {
      const first = side.length;
      for (const turn of [-1, 1]) {
        position.push(...point);
        previous.push(...(points[k - 1] ?? point));
        next.push(...(points[k + 1] ?? point));
        tint.push(...colour);
        side.push(turn);
        age.push(ages[k]!);
      }
      if (k + 1 < points.length)
        index.push(first, first + 1, first + 2, first + 2, first + 1, first + 3);
    });
  return new BufferGeometry()
    .setAttribute('position', new Float32BufferAttribute(position, 3))
    .setAttribute('previous', new Float32BufferAttribute(previous, 3))
    .setAttribute('next', new Float32BufferAttribute(next, 3))
    .setAttribute('tint', new Float32BufferAttribute(tint, 3))
    .setAttribute('side', new Float32BufferAttribute(side, 1))
    .setAttribute('age', new Float32BufferAttribute(age, 1))
    .setIndex(index);
}

const vertexShader = /* glsl */ `
  attribute vec3 previous;
  attribute vec3 next;
  attribute vec3 tint;
  attribute float side;
  attribute float age;
  uniform vec2 resolution;
  uniform float reach;
  varying vec3 vTint;
  varying float vAge;
  varying float vAway;
  vec2 onScreen(vec3 point) {
    vec4 clip = projectionMatrix * modelViewMatrix * vec4(point, 1.0);
    return 0.5 * resolution * clip.xy / clip.w;
  }
  vec2 along(vec2 from, vec2 to, vec2 otherwise) {
    vec2 step = to - from;
    return length(step) > 1e-4 ? normalize(step) : otherwise;
  }
  void main() {
    vec2 here = onScreen(position);
    vec2 into = along(onScreen(previous), here, vec2(0.0));
    vec2 out_ = along(here, onScreen(next), into);
    if (into == vec2(0.0)) into = out_;
    vec2 tangent = length(into + out_) > 1e-3 ? normalize(into + out_) : into;
    vec2 across = vec2(-tangent.y, tangent.x);
    // Longer at a bend, so that the line keeps its width.
    float mitre = 1.0 / max(dot(across, vec2(-into.y, into.x)), 0.6);
    gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
    gl_Position.xy += 2.0 * across * side * reach * mitre / resolution * gl_Position.w;
    // Towards the reader, or the ribbon would dip into sloping ground to either side.
    gl_Position.z -= 0.006 * gl_Position.w;
    vTint = tint;
    vAge = age;
    vAway = side * reach;
  }
`;

const coreFragment = /* glsl */ `
  uniform float reach;
  uniform float strength;
  varying vec3 vTint;
  varying float vAge;
  varying float vAway;
  void main() {
    float covered = clamp(reach - abs(vAway), 0.0, 1.0);
    float opacity = strength * covered * mix(0.42, 1.0, vAge);
    vec3 colour = mix(vTint, vec3(1.0), 0.3 * vAge * vAge * vAge);
    gl_FragColor = vec4(colour, opacity);
  }
`;

/** Lightens what is darker, and never adds up: fifty lines in one place are no brighter than one. */
const haloFragment = /* glsl */ `
  uniform float reach;
  uniform float width;
  uniform float strength;
  uniform float pixelRatio;
  varying vec3 vTint;
  varying float vAge;
  varying float vAway;
  void main() {
    float away = max(0.0, abs(vAway) - 0.5 * width) / pixelRatio;
    float glow = 0.8 * exp(-1.1 * away * away) + 0.3 * exp(-0.45 * away);
    float edge = smoothstep(0.0, 2.0 * pixelRatio, reach - abs(vAway));
    float light = strength * glow * edge * mix(0.25, 1.0, vAge);
    gl_FragColor = vec4(mix(vTint, vec3(1.0), 0.45) * light, 0.0);
  }
`;

export type GlowPart = 'hidden' | 'halo' | 'core';

export interface GlowLook {
  /** Of the line itself, in CSS pixels. */
  readonly width: number;
  /** 0 to 1. */
  readonly strength: number;
}

/** How far the glow is seen, in CSS pixels. */
const glowReach = 8;
const behindGround = 0.3;

interface Fitting {
  readonly width: number;
  readonly strength: number;
  readonly isHalo: boolean;
}

/** A part of a line's look: what of it lies behind the ground, its glow, or the line itself. Lengths are set by `fitGlow`. */
export function glowMaterial(part: GlowPart, { width, strength }: GlowLook): ShaderMaterial {
  const isHalo = part === 'halo';
  const material = new ShaderMaterial({
    vertexShader,
    fragmentShader: isHalo ? haloFragment : coreFragment,
    uniforms: {
      resolution: { value: new Vector2(1, 1) },
      reach: { value: 1 },
      width: { value: width },
      pixelRatio: { value: 1 },
      strength: { value: part === 'hidden' ? behindGround * strength : strength },
    },
    // A ribbon may turn either side to the reader.
    side: DoubleSide,
    transparent: true,
    depthWrite: false,
    depthFunc: part === 'hidden' ? GreaterDepth : LessEqualDepth,
    blending: isHalo ? CustomBlending : NormalBlending,
    ...(isHalo && { blendEquation: MaxEquation, blendSrc: OneFactor, blendDst: OneFactor }),
  });
  material.userData = { width, isHalo, strength: material.uniforms['strength']!.value as number };
  return material;
}

/** Tells a line how many pixels there are, and how much of it is to be seen. */
export function fitGlow(
  material: ShaderMaterial,
  viewport: { readonly width: number; readonly height: number },
  pixelRatio: number,
  presence: number,
): void {
  const { width, isHalo, strength } = material.userData as Fitting;
  const { resolution, reach, width: own, pixelRatio: ratio, strength: seen } = material.uniforms;
  seen!.value = strength * presence;
  (resolution!.value as Vector2).set(viewport.width * pixelRatio, viewport.height * pixelRatio);
  own!.value = width * pixelRatio;
  ratio!.value = pixelRatio;
  reach!.value = (width / 2 + (isHalo ? glowReach : 0)) * pixelRatio + (isHalo ? 0 : 0.5);
}
