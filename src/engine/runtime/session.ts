// A compiled graph as one ONNX Runtime session: the part that Node and the browser share.
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-common';
import { sameShape, showShape, sizeOf } from '../graph/tensor.ts';
import type { DType } from '../graph/tensor.ts';
import type { Model, Port } from '../onnx/serialise.ts';
import { ProviderError } from './executor.ts';
import type { DeviceTensor, Feed, Program, TensorValues } from './executor.ts';

/** What we use of onnxruntime-node and onnxruntime-web; only the modules beside this one import them. */
export interface OrtModule {
  readonly InferenceSession: {
    create(bytes: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: new (type: DType, values: TensorValues, shape: readonly number[]) => OrtTensor;
}

const ortTensors = new WeakMap<DeviceTensor, OrtTensor>();

function deviceTensor(port: Port, tensor: OrtTensor): DeviceTensor {
  const made: DeviceTensor = {
    dtype: port.dtype,
    shape: port.shape,
    read: async () => (await tensor.getData()) as TensorValues,
    dispose: () => tensor.dispose(),
  };
  ortTensors.set(made, tensor);
  return made;
}

function checkFeed(port: Port, feed: Feed | undefined): Feed {
  if (!feed) throw new Error(`run: no value was given for the input '${port.name}'.`);
  if (feed.dtype !== port.dtype || !sameShape(feed.shape, port.shape)) {
    throw new Error(
      `run: the input '${port.name}' takes ${port.dtype} ${showShape(port.shape)}, ` +
        `got ${feed.dtype} ${showShape(feed.shape)}.`,
    );
  }
  if ('values' in feed && feed.values.length !== sizeOf(port.shape)) {
    throw new Error(
      `run: the input '${port.name}' takes ${sizeOf(port.shape)} values, got ${feed.values.length}.`,
    );
  }
  return feed;
}

/** What is said of a device tensor that this executor did not make. */
export const foreignTensor = (name: string): ProviderError =>
  new ProviderError(
    `run: the tensor given for '${name}' was made by another executor; read it and feed its values.`,
  );

/** One feed for every input of the model, each of its type and shape; throws a sentence that names the input. */
export const checkedFeeds = (
  model: Model,
  feeds: Readonly<Record<string, Feed>>,
): Record<string, Feed> =>
  Object.fromEntries(model.inputs.map((port) => [port.name, checkFeed(port, feeds[port.name])]));

/** Compiles a model; `options` choose the provider and where outputs stay. */
export async function createProgram(
  ort: OrtModule,
  model: Model,
  options: InferenceSession.SessionOptions,
): Promise<Program> {
  const session = await ort.InferenceSession.create(model.bytes, options);
  let disposed = false;
  let running = 0;
  // ONNX Runtime must not lose a session that is computing. One whose device is gone has nothing left to release.
  const releaseAtRest = (): void => {
    if (disposed && running === 0) session.release().catch(() => {});
  };

  const ortFeed = (name: string, feed: Feed): OrtTensor => {
    if ('values' in feed) return new ort.Tensor(feed.dtype, feed.values, feed.shape);
    const tensor = ortTensors.get(feed);
    if (!tensor) throw foreignTensor(name);
    return tensor;
  };

  return {
    inputs: model.inputs,
    outputs: model.outputs,
    modelBytes: model.bytes.byteLength,
    async run(feeds) {
      if (disposed) throw new Error('run: this program has been disposed.');
      const ortFeeds = Object.entries(checkedFeeds(model, feeds)).map(
        ([name, feed]) => [name, ortFeed(name, feed)] as const,
      );
      running++;
      const results = await session.run(Object.fromEntries(ortFeeds)).finally(() => {
        running--;
        releaseAtRest();
      });
      return Object.fromEntries(
        model.outputs.map((port) => [
          port.name,
          deviceTensor(port, results[port.name] as OrtTensor),
        ]),
      );
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      releaseAtRest();
    },
  };
}
