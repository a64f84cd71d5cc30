// The part of ONNX's protobuf schema that our models use (onnx.proto, field numbers beside each field).
import { PbfWriter } from 'pbf';

export const elementTypes = { float32: 1, int32: 6, int64: 7, bool: 9 } as const;
export type ElementType = keyof typeof elementTypes;

export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  /** What a viewer of the graph calls it. */
  readonly name?: string;
  readonly attributes: Readonly<Record<string, number | readonly number[] | string>>;
}

/** An extent, or the name of one that each call chooses. */
export type OnnxExtent = number | string;

export interface OnnxValue {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly OnnxExtent[];
  /** What it holds, for people. */
  readonly about?: string;
}

export interface OnnxInitializer {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxInitializer[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** What it computes, for people. */
  readonly about?: string;
}

/** What a model that people will open says of itself. */
export interface ModelWords {
  readonly producerVersion?: string;
  readonly about?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

const attributeTypes = { int: 2, string: 3, ints: 7 } as const;

function writeAttribute(
  [name, value]: readonly [string, number | readonly number[] | string],
  pbf: PbfWriter,
): void {
  pbf.writeStringField(1, name); // AttributeProto.name
  if (typeof value === 'number') {
    pbf.writeVarintField(3, value); // i
    pbf.writeVarintField(20, attributeTypes.int); // type
  } else if (typeof value === 'string') {
    pbf.writeBytesField(4, new TextEncoder().encode(value)); // s
    pbf.writeVarintField(20, attributeTypes.string);
  } else {
    for (const entry of value) pbf.writeVarintField(8, entry); // ints
    pbf.writeVarintField(20, attributeTypes.ints);
  }
}

function writeNode(node: OnnxNode, pbf: PbfWriter): void {
  for (const name of node.inputs) pbf.writeStringField(1, name); // NodeProto.input
  pbf.writeStringField(2, node.output); // output
  if (node.name !== undefined) pbf.writeStringField(3, node.name); // name
  pbf.writeStringField(4, node.type); // op_type
  for (const entry of Object.entries(node.attributes)) pbf.writeMessage(5, writeAttribute, entry); // attribute
}

function writeInitializer(tensor: OnnxInitializer, pbf: PbfWriter): void {
  for (const extent of tensor.shape) pbf.writeVarintField(1, extent); // TensorProto.dims
  pbf.writeVarintField(2, elementTypes[tensor.type]); // data_type
  pbf.writeStringField(8, tensor.name); // name
  pbf.writeBytesField(9, tensor.data); // raw_data, little-endian
}

function writeDimension(extent: OnnxExtent, pbf: PbfWriter): void {
  if (typeof extent === 'string')
    pbf.writeStringField(2, extent); // Dimension.dim_param
  else pbf.writeVarintField(1, extent); // dim_value
}

function writeShape(shape: readonly OnnxExtent[], pbf: PbfWriter): void {
  for (const extent of shape) pbf.writeMessage(1, writeDimension, extent); // TensorShapeProto.dim
}

function writeTensorType(value: OnnxValue, pbf: PbfWriter): void {
  pbf.writeVarintField(1, elementTypes[value.type]); // TypeProto.Tensor.elem_type
  pbf.writeMessage(2, writeShape, value.shape); // shape
}

function writeType(value: OnnxValue, pbf: PbfWriter): void {
  pbf.writeMessage(1, writeTensorType, value); // TypeProto.tensor_type
}

function writeValue(value: OnnxValue, pbf: PbfWriter): void {
  pbf.writeStringField(1, value.name); // ValueInfoProto.name
  pbf.writeMessage(2, writeType, value); // type
  if (value.about !== undefined) pbf.writeStringField(3, value.about); // doc_string
}

function writeGraph(graph: OnnxGraph, pbf: PbfWriter): void {
  for (const node of graph.nodes) pbf.writeMessage(1, writeNode, node); // GraphProto.node
  pbf.writeStringField(2, 'loss-atlas'); // name
  for (const tensor of graph.initializers) pbf.writeMessage(5, writeInitializer, tensor); // initializer
  if (graph.about !== undefined) pbf.writeStringField(10, graph.about); // doc_string
  for (const value of graph.inputs) pbf.writeMessage(11, writeValue, value); // input
  for (const value of graph.outputs) pbf.writeMessage(12, writeValue, value); // output
}

function writeOpset(version: number, pbf: PbfWriter): void {
  pbf.writeStringField(1, ''); // OperatorSetIdProto.domain: ai.onnx
  pbf.writeVarintField(2, version); // version
}

function writeMetadata([key, value]: readonly [string, string], pbf: PbfWriter): void {
  pbf.writeStringField(1, key); // StringStringEntryProto.key
  pbf.writeStringField(2, value); // value
}

/** The bytes of a ModelProto. */
export function encodeModel(
  graph: OnnxGraph,
  opset: number,
  irVersion: number,
  { producerVersion, about, metadata = {} }: ModelWords = {},
): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, irVersion); // ModelProto.ir_version
  pbf.writeStringField(2, 'loss-atlas'); // producer_name
  if (producerVersion !== undefined) pbf.writeStringField(3, producerVersion); // producer_version
  if (about !== undefined) pbf.writeStringField(6, about); // doc_string
  pbf.writeMessage(7, writeGraph, graph); // graph
  pbf.writeMessage(8, writeOpset, opset); // opset_import
  for (const entry of Object.entries(metadata)) pbf.writeMessage(14, writeMetadata, entry); // metadata_props
  return pbf.finish();
}
