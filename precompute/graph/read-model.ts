// Reads nodes and initialisers back from an ONNX model that the engine has written.
import { PbfReader } from 'pbf';
import { elementTypes, type ElementType } from '../../src/engine/onnx/protobuf.ts';

export interface ModelNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  /** How a Transpose orders its axes. */
  readonly perm: readonly number[];
}

export interface ModelInitialiser {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

export interface ReadModel {
  readonly nodes: readonly ModelNode[];
  readonly initialisers: readonly ModelInitialiser[];
}

const typeOf = (code: number): ElementType => {
  const names = Object.keys(elementTypes) as ElementType[];
  const name = names.find((each) => elementTypes[each] === code);
  if (name === undefined) throw new Error(`element type ${code} is none that the engine writes`);
  return name;
};

/** Field numbers are those of onnx.proto, as in `src/engine/onnx/protobuf.ts`. */
export function readModel(bytes: Uint8Array): ReadModel {
  const model = { nodes: [] as ModelNode[], initialisers: [] as ModelInitialiser[] };
  const readGraph = (field: number, into: typeof model, pbf: PbfReader): void => {
    if (field === 1) into.nodes.push(readNode(pbf));
    if (field === 5) into.initialisers.push(readInitialiser(pbf));
  };
  return new PbfReader(bytes).readFields((field, into, pbf) => {
    if (field === 7) pbf.readMessage(readGraph, into); // ModelProto.graph
  }, model);
}

function readNode(reader: PbfReader): ModelNode {
  const node = { type: '', inputs: [] as string[], output: '', perm: [] as number[] };
  return reader.readMessage((field, into, pbf) => {
    if (field === 1) into.inputs.push(pbf.readString());
    if (field === 2) into.output = pbf.readString();
    if (field === 4) into.type = pbf.readString();
    if (field === 5) pbf.readMessage(readPerm, into);
  }, node);
}

/** Of all attributes, integer lists alone; a Transpose has no other than `perm`. */
function readPerm(field: number, node: { perm: number[] }, pbf: PbfReader): void {
  if (field === 8) node.perm.push(pbf.readVarint());
}

const empty: Uint8Array = new Uint8Array();

function readInitialiser(reader: PbfReader): ModelInitialiser {
  const shape: number[] = [];
  const read = { name: '', type: 'float32' as ElementType, shape, data: empty };
  return reader.readMessage((field, into, pbf) => {
    if (field === 1) into.shape.push(pbf.readVarint());
    if (field === 2) into.type = typeOf(pbf.readVarint());
    if (field === 8) into.name = pbf.readString();
    if (field === 9) into.data = pbf.readBytes();
  }, read);
}
