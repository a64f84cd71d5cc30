// Materials of the live view that three has no ready-made one for: markers drawn as crisp discs, rings and crosses.
import { Color, GreaterDepth, LessEqualDepth, ShaderMaterial } from 'three';

export const markerKinds = { start: 0, end: 1, diverged: 2 } as const;

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
    float radius = 0.5 * vSize - 1.0;
    float distance = length(offset);
    float edge = radius - (vKind < 0.5 ? 1.7 : 1.1) * pixelRatio;
    float inside = 1.0 - smoothstep(edge - 0.6, edge + 0.6, distance);
    float covered = 1.0 - smoothstep(radius - 0.6, radius + 0.6, distance);
    vec3 colour = vKind < 0.5 ? mix(vTint, paper, inside) : mix(paper, vTint, inside);
    if (vKind > 1.5) {
      float arm = min(abs(offset.x - offset.y), abs(offset.x + offset.y)) / 1.4142;
      covered *= 1.0 - smoothstep(0.9 * pixelRatio, 1.6 * pixelRatio, arm);
      colour = vTint;
    }
    if (covered * opacity < 0.01) discard;
    gl_FragColor = vec4(colour, covered * opacity);
    #include <colorspace_fragment>
  }
`;

/** Markers in front of the ground, or (hidden) those behind it, faint. */
export function markerMaterial(hidden: boolean): ShaderMaterial {
  return new ShaderMaterial({
    vertexShader,
    fragmentShader,
    uniforms: {
      paper: { value: new Color() },
      opacity: { value: hidden ? 0.3 : 1 },
      pixelRatio: { value: 1 },
    },
    transparent: true,
    depthWrite: false,
    depthFunc: hidden ? GreaterDepth : LessEqualDepth,
  });
}
