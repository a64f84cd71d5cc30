// The part of ONNX's protobuf schema that our models use (onnx.proto, field numbers beside each field).
import { PbfWriter } from 'pbf';

export const elementTypes = { float32: 1, int32: 6, int64: 7, bool: 9 } as const;
export type ElementType = keyof typeof elementTypes;

export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, number | readonly number[] | string>>;
}

export interface OnnxValue {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
}

export interface OnnxInitializer extends OnnxValue {
  readonly data: Uint8Array;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxInitializer[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
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
  pbf.writeStringField(4, node.type); // op_type
  for (const entry of Object.entries(node.attributes)) pbf.writeMessage(5, writeAttribute, entry); // attribute
}

function writeInitializer(tensor: OnnxInitializer, pbf: PbfWriter): void {
  for (const extent of tensor.shape) pbf.writeVarintField(1, extent); // TensorProto.dims
  pbf.writeVarintField(2, elementTypes[tensor.type]); // data_type
  pbf.writeStringField(8, tensor.name); // name
  pbf.writeBytesField(9, tensor.data); // raw_data, little-endian
}

function writeDimension(extent: number, pbf: PbfWriter): void {
  pbf.writeVarintField(1, extent); // Dimension.dim_value
}

function writeShape(shape: readonly number[], pbf: PbfWriter): void {
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
}

function writeGraph(graph: OnnxGraph, pbf: PbfWriter): void {
  for (const node of graph.nodes) pbf.writeMessage(1, writeNode, node); // GraphProto.node
  pbf.writeStringField(2, 'loss-atlas'); // name
  for (const tensor of graph.initializers) pbf.writeMessage(5, writeInitializer, tensor); // initializer
  for (const value of graph.inputs) pbf.writeMessage(11, writeValue, value); // input
  for (const value of graph.outputs) pbf.writeMessage(12, writeValue, value); // output
}

function writeOpset(version: number, pbf: PbfWriter): void {
  pbf.writeStringField(1, ''); // OperatorSetIdProto.domain: ai.onnx
  pbf.writeVarintField(2, version); // version
}

/** The bytes of a ModelProto. */
export function encodeModel(graph: OnnxGraph, opset: number, irVersion: number): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, irVersion); // ModelProto.ir_version
  pbf.writeStringField(2, 'loss-atlas'); // producer_name
  pbf.writeMessage(7, writeGraph, graph); // graph
  pbf.writeMessage(8, writeOpset, opset); // opset_import
  return pbf.finish();
}
