// The one face of ONNX Runtime: what a provider takes, gives back, and how it says no.
import type { DType, Shape } from '../graph/tensor.ts';

export const nodeProviders = ['cuda', 'webgpu', 'cpu'] as const;
export const webProviders = ['webgpu', 'wasm'] as const;
export type ProviderName = (typeof nodeProviders)[number] | (typeof webProviders)[number];

export type TensorValues = Float32Array | Int32Array | BigInt64Array | Uint8Array;

/** Numbers in ordinary memory, on their way in or out. */
export interface HostTensor {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly values: TensorValues;
}

/** Numbers where the provider keeps them; only the executor that made one can use it. */
export interface DeviceTensor {
  readonly dtype: DType;
  readonly shape: Shape;
  /** Copies the numbers to ordinary memory. */
  read(): Promise<TensorValues>;
  dispose(): void;
}

export type Feed = HostTensor | DeviceTensor;

/** A compiled graph. */
export interface Program {
  readonly inputs: readonly { readonly name: string; readonly dtype: DType; readonly shape: Shape }[];
  readonly outputs: readonly { readonly name: string; readonly dtype: DType; readonly shape: Shape }[];
  /** Bytes of the ONNX model. */
  readonly modelBytes: number;
  /** Runs once; outputs stay on the device until read. The caller disposes them. Feeds are checked against the inputs. */
  run(feeds: Readonly<Record<string, Feed>>): Promise<Record<string, DeviceTensor>>;
  dispose(): void;
}

export interface Executor {
  readonly provider: ProviderName;
  /** What was taken and why not the others, one sentence. */
  readonly reason: string;
  /** Resolves when the device is lost; never where there is none to lose. */
  readonly lost: Promise<string>;
  compile(model: Uint8Array): Promise<Program>;
  dispose(): void;
}

/** A provider that cannot run here: what is missing, and the fix. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
}
