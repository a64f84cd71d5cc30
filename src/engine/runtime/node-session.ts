// The one place that loads ONNX Runtime's Node binding and chooses its session options.
import type { InferenceSession } from 'onnxruntime-common';
import ort from 'onnxruntime-node';
import type { Executor, nodeProviders } from './executor.ts';
import { createProgram } from './session.ts';
import type { OrtModule } from './session.ts';

export type NodeProvider = (typeof nodeProviders)[number];
export type OutputLocation = 'cpu' | 'gpu-buffer';

// A provider that fails to load is reported by us, in a sentence, not by the library's log.
ort.env.logLevel = 'fatal';

/** Compiles for one provider; outputs stay where `location` says. */
export function nodeCompiler(
  provider: NodeProvider,
  threads: number,
  location: OutputLocation = 'cpu',
): Executor['compile'] {
  const options: InferenceSession.SessionOptions = {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
    ...(location === 'cpu' ? {} : { preferredOutputLocation: location }),
  };
  return (model) => createProgram(ort as unknown as OrtModule, model, options);
}
