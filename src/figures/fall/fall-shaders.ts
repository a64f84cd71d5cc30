// The shaders of the fall: ground in relief that can turn to glass, trails that fade behind their lights, and the lights.
// Colours are sRGB throughout, mixed as the maps mix theirs.

import { reliefLightChunk } from '../surface/terrain-shader.ts';

export const groundVertex = /* glsl */ `
  attribute float sky;
  attribute float contour;
  varying vec3 vNormal;
  varying float vSky;
  varying float vContour;
  void main() {
    vNormal = normal;
    vSky = sky;
    vContour = contour;
    gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  }
`;

export const groundFragment = /* glsl */ `
  uniform sampler2D bands;
  uniform sampler2D lines;
  uniform float glass;
  uniform float pixelRatio;
  varying vec3 vNormal;
  varying float vSky;
  varying float vContour;
  ${reliefLightChunk}
  void main() {
    vec3 normal = normalize(vNormal);
    float light = reliefLight(normal, vSky);
    vec3 tint = texelFetch(bands, ivec2(int(floor(vContour)), 0), 0).rgb;
    vec3 ground = underLight(tint, light);
    float nearest = floor(vContour + 0.5);
    float strong = texelFetch(lines, ivec2(int(nearest), 0), 0).r;
    float pixels = abs(vContour - nearest) / max(fwidth(vContour), 1e-5) / pixelRatio;
    float reach = mix(0.4, 0.65, strong);
    float line = (1.0 - smoothstep(reach, reach + 0.9, pixels)) * mix(0.24, 0.5, strong);
    vec3 ink = mix(vec3(1.0), vec3(0.16, 0.1, 0.04), smoothstep(0.42, 0.6, dot(tint, vec3(0.3, 0.6, 0.1))));
    vec3 solid = mix(ground, ink, line);
    vec3 clear = mix(tint * 0.55, vec3(0.86, 0.95, 1.0), line);
    float rim = pow(1.0 - abs(dot(normal, vec3(0.0, 1.0, 0.0))), 1.5);
    float opacity = mix(1.0, 0.16 + 0.2 * rim + 0.42 * line, glass);
    gl_FragColor = vec4(mix(solid, clear, glass), opacity);
  }
`;

/** Segments of a given width in pixels: four corners for each, moved apart on the screen. */
export const trailVertex = /* glsl */ `
  attribute vec3 other;
  attribute vec2 corner;
  attribute float when;
  attribute vec3 colour;
  attribute float strength;
  uniform vec2 resolution;
  uniform float width;
  varying float vWhen;
  varying vec3 vColour;
  varying float vStrength;
  varying float vSide;
  void main() {
    vec4 here = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
    vec4 there = projectionMatrix * modelViewMatrix * vec4(other, 1.0);
    vec2 along = normalize((there.xy / there.w - here.xy / here.w) * resolution + vec2(1e-6)) * corner.y;
    here.xy += vec2(-along.y, along.x) * corner.x * width / resolution * here.w;
    here.z -= 0.0006 * here.w;
    vWhen = when;
    vColour = colour;
    vStrength = strength;
    vSide = corner.x;
    gl_Position = here;
  }
`;

export const trailFragment = /* glsl */ `
  uniform float learnt;
  uniform float opacity;
  varying float vWhen;
  varying vec3 vColour;
  varying float vStrength;
  varying float vSide;
  void main() {
    if (vWhen > learnt) discard;
    float age = learnt - vWhen;
    float glow = mix(0.4, 1.0, exp(-4.0 * age)) * (1.0 - 0.55 * abs(vSide));
    gl_FragColor = vec4(vColour * glow * vStrength * opacity, 1.0);
  }
`;

export const lightVertex = /* glsl */ `
  attribute vec3 colour;
  attribute float strength;
  uniform float size;
  varying vec3 vColour;
  varying float vStrength;
  void main() {
    vColour = colour;
    vStrength = strength;
    gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
    gl_Position.z -= 0.012 * gl_Position.w;
    gl_PointSize = size;
  }
`;

export const lightFragment = /* glsl */ `
  uniform float hollow;
  varying vec3 vColour;
  varying float vStrength;
  void main() {
    float r = length(gl_PointCoord - 0.5) * 2.0;
    if (r > 1.0) discard;
    float disc = 1.0 - smoothstep(0.2, 0.26, r);
    float ring = disc * smoothstep(0.1, 0.15, r);
    float core = mix(disc, ring, hollow);
    float halo = pow(1.0 - r, 3.0) * mix(0.5, 0.25, hollow);
    vec3 light = mix(vColour * halo, mix(vColour, vec3(1.0), 0.15), core);
    gl_FragColor = vec4(light * vStrength, 1.0);
  }
`;

export const skyVertex = /* glsl */ `
  varying vec2 vPlace;
  void main() {
    vPlace = position.xy;
    gl_Position = vec4(position.xy, 0.9999, 1.0);
  }
`;

/** A night that is a little lighter behind the ground. */
export const skyFragment = /* glsl */ `
  uniform vec2 middle;
  uniform vec2 shape;
  varying vec2 vPlace;
  void main() {
    float r = length((vPlace - middle) * shape);
    gl_FragColor = vec4(mix(vec3(0.078, 0.118, 0.184), vec3(0.024, 0.035, 0.059), smoothstep(0.0, 1.25, r)), 1.0);
  }
`;
