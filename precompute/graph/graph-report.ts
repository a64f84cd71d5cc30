// What there is to know about a compiled graph, as plain data.
import { sizeOf, type DType, type Shape } from '../../src/engine/graph/index.ts';
import { topologicalOrder } from '../../src/engine/graph/traverse.ts';
import { opset, serialise } from '../../src/engine/onnx/serialise.ts';
import { tidy } from '../../src/engine/onnx/tidy.ts';
import type { Executor, ProviderName } from '../../src/engine/runtime/executor.ts';
import type { ElementType } from '../../src/engine/onnx/protobuf.ts';
import type { ExperimentGraph, GraphKind } from './experiment-graphs.ts';
import { shapedNodes, type ModelValue, type ShapedNode } from './node-shapes.ts';
import { readModel } from './read-model.ts';

export interface SizedValue extends ModelValue {
  readonly bytes: number;
}

export interface GraphReport {
  readonly experiment: string;
  readonly graph: GraphKind;
  /** Networks that go through it at once. */
  readonly networks: number;
  /** Optimiser steps in it; null where it takes none. */
  readonly steps: number | null;
  readonly provider: ProviderName;
  /** How matrix products are written for this provider. */
  readonly products: Executor['products'];
  readonly inputs: readonly SizedValue[];
  readonly outputs: readonly SizedValue[];
  /** Tensors of the engine's graph by operator, inputs and constants among them. */
  readonly tensors: { readonly before: Counts; readonly after: Counts };
  /** Nodes of the model by operator. */
  readonly nodes: Counts;
  readonly initialisers: readonly {
    readonly name: string;
    readonly dtype: ElementType;
    readonly shape: Shape;
    readonly bytes: number;
  }[];
  readonly opset: number;
  readonly modelBytes: number;
  /** Values between inputs and outputs that take the most room, largest first. */
  readonly largest: readonly (SizedValue & { readonly by: string })[];
  /** Every node of the model, in the order in which it runs. */
  readonly listed: readonly ShapedNode[];
}

export interface Counts {
  readonly total: number;
  /** Most frequent first. */
  readonly byOperator: Readonly<Record<string, number>>;
}

export interface ReportedGraph {
  readonly report: GraphReport;
  /** The ONNX file. */
  readonly bytes: Uint8Array;
}

const largestShown = 8;
const elementBytes: Readonly<Record<DType, number>> = { float32: 4, int32: 4, bool: 1 };

export function reportGraph(
  experiment: string,
  { kind, outputs, steps }: ExperimentGraph,
  { provider, products }: Pick<Executor, 'provider' | 'products'>,
): ReportedGraph {
  const tidied = tidy(outputs);
  const model = serialise(outputs, { products });
  const read = readModel(model.bytes);
  const listed = shapedNodes(tidied, read);
  const weights = model.inputs.find(({ name }) => name === 'weights');
  const report: GraphReport = {
    experiment,
    graph: kind,
    networks: weights?.shape[0] ?? 1,
    steps,
    provider,
    products,
    inputs: model.inputs.map(sized),
    outputs: model.outputs.map(sized),
    tensors: { before: operatorsOf(outputs), after: operatorsOf(tidied) },
    nodes: counted(listed.map(({ type }) => type)),
    initialisers: read.initialisers.map(({ name, type, shape, data }) => ({
      name,
      dtype: type,
      shape,
      bytes: data.length,
    })),
    opset,
    modelBytes: model.bytes.length,
    largest: largestOf(listed),
    listed,
  };
  return { report, bytes: model.bytes };
}

const sized = <Value extends ModelValue>(value: Value): Value & SizedValue => ({
  ...value,
  bytes: sizeOf(value.shape) * elementBytes[value.dtype],
});

const operatorsOf = (outputs: ExperimentGraph['outputs']): Counts =>
  counted(topologicalOrder(Object.values(outputs)).map(({ operator }) => operator.name));

function counted(names: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return { total: names.length, byOperator: Object.fromEntries(sorted) };
}

function largestOf(nodes: readonly ShapedNode[]): GraphReport['largest'] {
  return nodes
    .filter(({ type }) => type !== 'Identity')
    .map(({ name, dtype, shape, type }) => sized({ name, dtype, shape, by: type }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, largestShown);
}
