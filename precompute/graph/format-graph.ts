// A graph's report, laid out for a terminal.
import pc from 'picocolors';
import { showShape, type Shape } from '../../src/engine/graph/index.ts';
import { formatBytes } from '../../src/learning/memory.ts';
import { section, type Rows } from '../report-text.ts';
import { graphKinds } from './experiment-graphs.ts';
import type { Counts, GraphReport } from './graph-report.ts';

export function formatGraph(report: GraphReport, withNodes: boolean): string {
  const { inputs, outputs, tensors, nodes, initialisers, largest } = report;
  return [
    pc.bold(`${report.experiment}  ${report.graph}: ${graphKinds[report.graph]}`),
    section('Graph', summaryRows(report)),
    section('Inputs', valueRows(inputs)),
    section('Outputs', valueRows(outputs)),
    section('Tensors by operator, before and after tidying', tensorRows(tensors)),
    section(
      'Nodes of the ONNX model',
      Object.entries(nodes.byOperator).map(([type, count]) => [type, String(count)]),
    ),
    ...(initialisers.length > 0 ? [section('Initialisers', valueRows(initialisers))] : []),
    section(
      'Largest values',
      largest.map(({ name, by, ...value }) => [name, `${valueText(value)}  ${by}`]),
    ),
    ...(withNodes ? [section('Every node', nodeRows(report))] : []),
  ].join('\n\n');
}

function summaryRows(report: GraphReport): Rows {
  const { networks, steps, provider, products, tensors, nodes, initialisers } = report;
  const initial = initialisers.reduce((bytes, each) => bytes + each.bytes, 0);
  return [
    ['networks', `${networks} at once`],
    ...(steps === null ? [] : [['steps', `${steps} in one call`] as const]),
    ['provider', `${provider}, matrix products as ${products}`],
    ['tensors', `${tensors.before.total} as built, ${tensors.after.total} after tidying`],
    ['nodes', `${nodes.total} in ONNX, opset ${report.opset}`],
    ['initialisers', `${initialisers.length}, ${formatBytes(initial)}`],
    ['model', `${formatBytes(report.modelBytes)} (${report.modelBytes} bytes)`],
  ];
}

const valueText = (value: { dtype: string; shape: Shape; bytes: number }): string =>
  `${value.dtype} ${showShape(value.shape)}  ${formatBytes(value.bytes)}`;

const valueRows = (values: GraphReport['initialisers']): Rows =>
  values.map((value) => [value.name, valueText(value)]);

function tensorRows({ before, after }: { before: Counts; after: Counts }): Rows {
  const names = new Set([...Object.keys(before.byOperator), ...Object.keys(after.byOperator)]);
  return [...names].map((name) => [
    name,
    `${String(before.byOperator[name] ?? 0).padStart(5)} ${String(after.byOperator[name] ?? 0).padStart(5)}`,
  ]);
}

const nodeRows = ({ listed }: GraphReport): Rows =>
  listed.map(({ name, type, inputs, dtype, shape }) => [
    name,
    `${type}(${inputs.join(', ')})  ${dtype} ${showShape(shape)}`,
  ]);
