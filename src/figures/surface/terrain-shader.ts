// How the ground looks on a graphics card: tints and contour lines of even thickness, under the light of the maps.
import {
  DataTexture,
  DoubleSide,
  NearestFilter,
  RGBAFormat,
  ShaderMaterial,
  UnsignedByteType,
  Vector3,
  type IUniform,
} from 'three';
import { occlusionWeight, shadeStrengths, slopeWeight } from '../kit/relief/relief-image.ts';
import type { GroundScale } from './ground-scale.ts';
import { levelBrightness, liftOfLight } from '../kit/relief/hillshade.ts';
import { components, lampsAt } from './relief-light.ts';
import { blockHeight } from './surface-model.ts';
import { cutFrom, cutPaleness, lineLooks } from './terrain-look.ts';

const float = (value: number): string => value.toFixed(5);
const bytes = ([r, g, b]: readonly number[]): string =>
  `vec3(${[r, g, b].map((value) => float(value! / 255)).join()})`;

/** `vShape` is level, contour coordinate and share of sky; `morph` goes from 0, the old ground, to 1. */
const terrainVertex = /* glsl */ `
  attribute vec3 shape;
  #ifdef MORPHS
    attribute vec3 fromShape;
    attribute vec3 fromNormal;
    uniform float morph;
  #endif
  varying vec3 vShape;
  varying vec3 vNormal;
  void main() {
    vShape = shape;
    vNormal = normal;
    #ifdef MORPHS
      vShape = mix(fromShape, shape, morph);
      vNormal = mix(fromNormal, normal, morph);
    #endif
    #ifdef LID
      float y = 1.0;
    #else
      float y = vShape.x;
    #endif
    vec3 place = vec3(position.x, y * ${float(blockHeight)}, position.z);
    gl_Position = projectionMatrix * modelViewMatrix * vec4(place, 1.0);
  }
`;

/** `float reliefLight(vec3 normal, float sky)` and `vec3 underLight(vec3 colour, float light)`: see relief-light.ts. */
export const reliefLightChunk = /* glsl */ `
  uniform vec3 lamps[3];
  uniform float lampWeights[3];
  float reliefLight(vec3 normal, float sky) {
    float brightness = 0.0;
    for (int i = 0; i < 3; i++) brightness += lampWeights[i] * max(0.0, dot(normal, lamps[i]));
    float relative = brightness / ${float(levelBrightness)} - 1.0;
    if (relative > 0.0) relative *= 1.0 + ${float(liftOfLight)} * relative;
    return clamp(${float(slopeWeight)} * relative - ${float(occlusionWeight)} * (1.0 - sky), -1.0, 1.0);
  }
  vec3 underLight(vec3 colour, float light) {
    return light < 0.0
      ? mix(colour, ${bytes(shadeStrengths.shade.colour)}, -light * ${float(shadeStrengths.shade.opacity)})
      : mix(colour, ${bytes(shadeStrengths.light.colour)}, light * ${float(shadeStrengths.light.opacity)});
  }
`;

/** `vec3 groundColour(float contour)`: the tint, and the contour line where one runs, from the table of a ground. */
const contourChunk = /* glsl */ `
  uniform sampler2D tints;
  uniform sampler2D lines;
  uniform int lineCount;
  uniform float pixelRatio;
  vec3 groundColour(float contour) {
    float perPixel = max(fwidth(contour), 1e-6);
    int last = lineCount;
    int line = clamp(int(floor(contour + 0.5)), 1, max(last, 1));
    int below = clamp(int(floor(contour)), 0, last);
    vec3 tint = texelFetch(tints, ivec2(below, 0), 0).rgb;
    if (last == 0) return tint;
    float away = (contour - float(line)) / perPixel;
    // The edge between two tints is a pixel wide, so that it is smooth.
    if (abs(away) < 0.5) tint = mix(
      texelFetch(tints, ivec2(line - 1, 0), 0).rgb,
      texelFetch(tints, ivec2(line, 0), 0).rgb,
      away + 0.5
    );
    vec4 ink = texelFetch(lines, ivec2(line, 0), 0);
    bool isIndex = ink.a > 0.5;
    float width = (isIndex ? ${float(lineLooks.index.width)} : ${float(lineLooks.plain.width)}) * pixelRatio;
    float opacity = isIndex ? ${float(lineLooks.index.opacity)} : ${float(lineLooks.plain.opacity)};
    // Where lines come closer than a few pixels, seen nearly along the ground, they give way.
    float room = (isIndex ? 3.0 : 1.0) / perPixel / pixelRatio;
    opacity *= smoothstep(1.5, 4.0, room);
    float covered = clamp(0.5 * width + 0.5 - abs(away), 0.0, 1.0) * min(1.0, width);
    return mix(tint, ink.rgb, covered * opacity);
  }
`;

const groundFragment = /* glsl */ `
  varying vec3 vShape;
  varying vec3 vNormal;
  ${reliefLightChunk}
  ${contourChunk}
  void main() {
    #ifdef LID
      if (vShape.x < ${float(cutFrom)}) discard;
      vec3 colour = mix(texelFetch(tints, ivec2(lineCount, 0), 0).rgb, vec3(1.0), ${float(cutPaleness)});
      gl_FragColor = vec4(colour, 1.0);
    #else
      if (vShape.x > ${float(cutFrom)}) discard;
      float light = reliefLight(normalize(vNormal), vShape.z);
      gl_FragColor = vec4(underLight(groundColour(vShape.y), light), 1.0);
    #endif
  }
`;

export interface TerrainUniforms {
  readonly [name: string]: IUniform;
  readonly morph: IUniform<number>;
  readonly lamps: IUniform<Vector3[]>;
  readonly lampWeights: IUniform<number[]>;
  readonly tints: IUniform<DataTexture | null>;
  readonly lines: IUniform<DataTexture | null>;
  readonly lineCount: IUniform<number>;
  readonly pixelRatio: IUniform<number>;
}

export const terrainUniforms = (): TerrainUniforms => ({
  morph: { value: 1 },
  lamps: { value: [new Vector3(), new Vector3(), new Vector3()] },
  lampWeights: { value: [0, 0, 0] },
  tints: { value: null },
  lines: { value: null },
  lineCount: { value: 0 },
  pixelRatio: { value: 1 },
});

/**
 * The ground itself, and the lid where the ceiling cuts it. Those that morph read the attributes of two grounds, which
 * costs a third more: they are for as long as it takes.
 */
export const terrainMaterial = (
  uniforms: TerrainUniforms,
  { isLid = false, morphs = false } = {},
): ShaderMaterial =>
  new ShaderMaterial({
    vertexShader: terrainVertex,
    fragmentShader: groundFragment,
    uniforms,
    side: DoubleSide,
    defines: { ...(isLid && { LID: '' }), ...(morphs && { MORPHS: '' }) },
    polygonOffset: true,
    polygonOffsetFactor: 1,
    polygonOffsetUnits: 1,
  });

function tableOf(entries: readonly (readonly [r: number, g: number, b: number, a: number])[]) {
  const data = Uint8Array.from(entries.flat(), (value) => Math.round(255 * value));
  const table = new DataTexture(data, entries.length, 1, RGBAFormat, UnsignedByteType);
  table.magFilter = table.minFilter = NearestFilter;
  table.needsUpdate = true;
  return table;
}

/** Takes the lines and tints of another ground. */
export function setGround(uniforms: TerrainUniforms, { tints, lines }: GroundScale): void {
  uniforms.tints.value?.dispose();
  uniforms.lines.value?.dispose();
  uniforms.tints.value = tableOf(tints.map((tint) => [...components(tint), 1]));
  // The first entry stands for the floor, which has no line.
  uniforms.lines.value = tableOf([
    [0, 0, 0, 0],
    ...lines.map(({ colour, isIndex }) => [...components(colour), isIndex ? 1 : 0] as const),
  ]);
  uniforms.lineCount.value = lines.length;
}

/** The lamps walk round the block with the reader. */
export function setLamps(uniforms: TerrainUniforms, azimuth: number): void {
  lampsAt(azimuth).forEach(({ direction, weight }, i) => {
    uniforms.lamps.value[i]!.set(...direction);
    uniforms.lampWeights.value[i] = weight;
  });
}

export function disposeGround(uniforms: TerrainUniforms): void {
  uniforms.tints.value?.dispose();
  uniforms.lines.value?.dispose();
}
