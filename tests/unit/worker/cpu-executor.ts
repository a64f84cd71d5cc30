// ONNX Runtime on one thread of the CPU: what the services of the workers compute on in Node.
import type { Executor } from '../../../src/engine/runtime/executor.ts';
import { createNodeExecutor } from '../../../src/engine/runtime/node.ts';

export const cpu = (): Promise<Executor> => createNodeExecutor({ provider: 'cpu', threads: 1 });
