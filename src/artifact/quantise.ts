// Fewer bits for a picture than for a computation: U16 or U8 codes with a scale and an offset.
import { ArtifactError } from './artifact-error.ts';
import type { ArrayOf } from './safetensors.ts';

export type CodeType = 'U16' | 'U8';

/**
 * How codes become numbers again: `offset + scale * code` ('linear'), or `exp` of that ('log').
 * The four highest codes are kept for what lies on no scale.
 */
export interface Quantisation {
  readonly scaling: 'linear' | 'log';
  readonly offset: number;
  readonly scale: number;
}

export interface Quantised<C extends CodeType> extends Quantisation {
  readonly codes: ArrayOf<C>;
}

const topCode = { U16: 65_535, U8: 255 } as const;
const codeArray = { U16: Uint16Array, U8: Uint8Array } as const;

/** Reserved codes, counted down from the highest. */
const reserved = [NaN, Infinity, -Infinity, 0] as const;

const finestSteps = (type: CodeType): number => topCode[type] - reserved.length;

/**
 * Codes for `values`, from the lowest to the highest in at most `steps` steps, of which fewer make a smaller file;
 * the error is at most half a step, `scale / 2`, absolute ('linear') or relative ('log': a loss between 1e-6 and 100
 * in all steps of U16 keeps 1.5e-4 relative, finer than any screen).
 *
 * NaN and the infinities are kept exactly, and zero on the log scale. A log scale is for what is
 * never negative; where something is, the scale becomes linear.
 */
export function quantise<C extends CodeType>(
  values: Float32Array,
  type: C,
  scaling: 'linear' | 'log' = 'linear',
  steps: number = finestSteps(type),
): Quantised<C> {
  const isLog = scaling === 'log' && !values.some((value) => value < 0 && value !== -Infinity);
  const onScale = (value: number) => (isLog ? Math.log(value) : value);
  let lowest = Infinity;
  let highest = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value) || (isLog && value === 0)) continue;
    lowest = Math.min(lowest, onScale(value));
    highest = Math.max(highest, onScale(value));
  }
  const largest = Math.min(steps, finestSteps(type));
  const offset = Number.isFinite(lowest) ? lowest : 0;
  const scale = highest > lowest ? (highest - lowest) / largest : 1;

  const codes = new codeArray[type](values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    codes[i] = reservedCode(value, type, isLog) ?? Math.round((onScale(value) - offset) / scale);
  }
  return { codes: codes as ArrayOf<C>, scaling: isLog ? 'log' : 'linear', offset, scale };
}

function reservedCode(value: number, type: CodeType, isLog: boolean): number | undefined {
  if (Number.isNaN(value)) return topCode[type];
  if (value === Infinity) return topCode[type] - 1;
  if (value === -Infinity) return topCode[type] - 2;
  if (isLog && value === 0) return topCode[type] - 3;
  return undefined;
}

/** The numbers that `quantise` coded, to within half a step. */
export function dequantise(
  codes: Uint16Array | Uint8Array,
  { scaling, offset, scale }: Quantisation,
): Float32Array<ArrayBuffer> {
  const top = codes instanceof Uint16Array ? topCode.U16 : topCode.U8;
  const values = new Float32Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    const linear = offset + scale * code;
    values[i] = reserved[top - code] ?? (scaling === 'log' ? Math.exp(linear) : linear);
  }
  return values;
}

export function checkQuantisation(value: unknown, where: string): Quantisation {
  const { scaling, offset, scale } = (value ?? {}) as Partial<Quantisation>;
  if (
    (scaling === 'linear' || scaling === 'log') &&
    Number.isFinite(offset) &&
    Number.isFinite(scale)
  ) {
    return { scaling, offset: offset as number, scale: scale as number };
  }
  throw new ArtifactError(
    `${where} has no usable quantisation (scaling, offset, scale): run the experiment again`,
  );
}
