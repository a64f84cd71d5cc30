// The one face of ONNX Runtime: what a provider takes, gives back, and how it says no.
import type { DType, Shape, Tensor } from '../graph/tensor.ts';
import { serialise } from '../onnx/serialise.ts';
import type { Model, Port } from '../onnx/serialise.ts';

export const nodeProviders = ['cuda', 'webgpu', 'cpu'] as const;
export const webProviders = ['webgpu', 'wasm'] as const;
export type ProviderName = (typeof nodeProviders)[number] | (typeof webProviders)[number];

export type TensorValues = Float32Array | Int32Array | Uint8Array;

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

/** Float numbers as a feed. */
export const floats = (shape: Shape, values: Float32Array): HostTensor => ({
  dtype: 'float32',
  shape,
  values,
});

export type Feed = HostTensor | DeviceTensor;

/** A compiled graph. */
export interface Program {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** Bytes of the ONNX model. */
  readonly modelBytes: number;
  /**
   * Runs once; outputs stay on the device until read. The caller disposes them. Feeds are checked against the inputs.
   * Runs on different lanes, 0 to `Executor.lanes` - 1, go on side by side.
   */
  run(feeds: Readonly<Record<string, Feed>>, lane?: number): Promise<Record<string, DeviceTensor>>;
  dispose(): void;
}

export interface Executor {
  readonly provider: ProviderName;
  /** What was taken and why not the others, one sentence. */
  readonly reason: string;
  /** How many programs can run side by side; 1 but for CPUs with several cores. */
  readonly lanes: number;
  /** Threads it computes with; 1 on a GPU. */
  readonly threads: number;
  /** How this provider likes matrix products written; see SerialiseOptions. */
  readonly products: 'matmul' | 'einsum';
  /** Resolves, with the reason, when the device is lost; never where there is none to lose. */
  readonly lost: Promise<string>;
  compile(model: Model): Promise<Program>;
  dispose(): void;
}

/** Serialises a graph the way the executor likes it, and compiles it. */
export const compileGraph = (
  executor: Executor,
  outputs: Readonly<Record<string, Tensor>>,
): Promise<Program> => executor.compile(serialise(outputs, { products: executor.products }));

/** A provider that cannot run here: what is missing, and the fix. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
}
