// Networks in three.js as small lights: hollow at a start, solid with a halo at an end, a cross where one diverged.
import {
  BufferGeometry,
  CustomBlending,
  Float32BufferAttribute,
  GreaterDepth,
  LessEqualDepth,
  MaxEquation,
  NormalBlending,
  OneFactor,
  Points,
  ShaderMaterial,
  Vector3,
} from 'three';
import type { Placed } from './live-objects.ts';
import type { DrapedPath } from './live-paths.ts';
import type { Vector } from './surface-model.ts';
import { startSize } from './terrain-look.ts';

const markerKinds = { start: 0, end: 1, diverged: 2 } as const;
/** How much larger its halo is than a network's disc. */
const haloSize = 2.8;

const vertexShader = /* glsl */ `
  attribute float size;
  attribute float kind;
  attribute vec3 tint;
  uniform float pixelRatio;
  varying vec3 vTint;
  varying float vKind;
  varying float vSize;
  void main() {
    vTint = tint;
    vKind = kind;
    vSize = size * pixelRatio;
    #ifdef HALO
      vSize *= ${haloSize.toFixed(1)};
    #endif
    gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
    // A little towards the reader, so that the ground does not cut the disc in half.
    gl_Position.z -= 0.02 * gl_Position.w;
    gl_PointSize = vSize;
  }
`;

const fragmentShader = /* glsl */ `
  uniform vec3 paper;
  uniform float opacity;
  uniform float pixelRatio;
  varying vec3 vTint;
  varying float vKind;
  varying float vSize;
  void main() {
    vec2 offset = (gl_PointCoord - 0.5) * vSize;
    float distance = length(offset);
    #ifdef HALO
      if (vKind < 0.5 || vKind > 1.5) discard;
      float away = distance / (0.5 * vSize);
      float light = 0.75 * exp(-3.5 * away * away) * (1.0 - smoothstep(0.6, 1.0, away));
      gl_FragColor = vec4(mix(vTint, vec3(1.0), 0.5) * light, 0.0);
    #else
      float radius = 0.5 * vSize - 1.0;
      float edge = radius - (vKind < 0.5 ? 1.7 : 1.1) * pixelRatio;
      float inside = 1.0 - smoothstep(edge - 0.6, edge + 0.6, distance);
      float covered = 1.0 - smoothstep(radius - 0.6, radius + 0.6, distance);
      vec3 lit = mix(vTint, vec3(1.0), 0.55 * (1.0 - smoothstep(0.0, edge, distance)));
      vec3 colour = vKind < 0.5 ? mix(vTint, paper, inside) : mix(paper, lit, inside);
      if (vKind > 1.5) {
        float arm = min(abs(offset.x - offset.y), abs(offset.x + offset.y)) / 1.4142;
        covered *= 1.0 - smoothstep(0.9 * pixelRatio, 1.6 * pixelRatio, arm);
        colour = vTint;
      }
      if (covered * opacity < 0.01) discard;
      gl_FragColor = vec4(colour, covered * opacity);
    #endif
  }
`;

/** What all materials read. */
const sharedUniforms = () => ({
  paper: { value: new Vector3(1, 1, 1) },
  pixelRatio: { value: 1 },
});

type MarkerPart = 'hidden' | 'halo' | 'disc';

/** Markers behind the ground, faint; the light of those before it; and these themselves. */
const markerMaterial = (
  part: MarkerPart,
  shared: ReturnType<typeof sharedUniforms>,
): ShaderMaterial =>
  new ShaderMaterial({
    vertexShader,
    fragmentShader,
    uniforms: { ...shared, opacity: { value: part === 'hidden' ? 0.3 : 1 } },
    transparent: true,
    depthWrite: false,
    depthFunc: part === 'hidden' ? GreaterDepth : LessEqualDepth,
    // Lights that meet do not add up to white.
    ...(part === 'halo'
      ? {
          defines: { HALO: '' },
          blending: CustomBlending,
          blendEquation: MaxEquation,
          blendSrc: OneFactor,
          blendDst: OneFactor,
        }
      : { blending: NormalBlending }),
  });

export class MarkerMaterials {
  readonly #uniforms = sharedUniforms();
  /** In the order in which they are drawn. */
  readonly all = (['hidden', 'halo', 'disc'] as const).map((part) =>
    markerMaterial(part, this.#uniforms),
  );

  setPaper(colour: Vector): void {
    this.#uniforms.paper.value.set(...colour);
  }

  setPixelRatio(ratio: number): void {
    this.#uniforms.pixelRatio.value = ratio;
  }
}

interface Marker {
  readonly point: Vector;
  readonly colour: Vector;
  readonly kind: keyof typeof markerKinds;
  readonly size: number;
}

/** The chosen path's come last, over the others. */
function markersOf(
  paths: readonly DrapedPath[],
  selected: number | null,
  compact: boolean,
): Marker[] {
  const ordered = [...paths].sort((a, b) => Number(a.chosen) - Number(b.chosen));
  return ordered.flatMap(({ path, colour, pieces, chosen }) => {
    const first = pieces[0]?.[0];
    const last = pieces.at(-1)?.at(-1);
    const size = (compact ? 8 : 10) * (chosen ? 1.5 : selected === null ? 1 : 0.75);
    const markers: Marker[] = [];
    if (last && (last !== first || path.isEnd)) {
      markers.push({ point: last, colour, kind: path.diverged ? 'diverged' : 'end', size });
    }
    if (first && !path.isEnd)
      markers.push({ point: first, colour, kind: 'start', size: size * startSize });
    return markers;
  });
}

export function markerObjects(
  paths: readonly DrapedPath[],
  selected: number | null,
  compact: boolean,
  materials: MarkerMaterials,
): Placed[] {
  const markers = markersOf(paths, selected, compact);
  const attribute = (itemSize: number, of: (marker: Marker) => readonly number[]) =>
    new Float32BufferAttribute(markers.flatMap(of), itemSize);
  return materials.all.map((material) => {
    const geometry = new BufferGeometry()
      .setAttribute(
        'position',
        attribute(3, ({ point }) => point),
      )
      .setAttribute(
        'tint',
        attribute(3, ({ colour }) => colour),
      )
      .setAttribute(
        'size',
        attribute(1, ({ size }) => [size]),
      )
      .setAttribute(
        'kind',
        attribute(1, ({ kind }) => [markerKinds[kind]]),
      );
    return { object: new Points(geometry, material), order: 9 };
  });
}
