// From a graph of tensors to a valid ONNX model.
import { constantOperator, inputName, inputOperator } from '../graph/leaf.ts';
import type { ConstantAttributes, InputAttributes } from '../graph/leaf.ts';
import { matmulOperator } from '../graph/linear.ts';
import type { MatmulAttributes } from '../graph/linear.ts';
import { ShapeError } from '../graph/tensor.ts';
import type { DType, Shape, Tensor } from '../graph/tensor.ts';
import { topologicalOrder } from '../graph/traverse.ts';
import { encodeModel } from './protobuf.ts';
import type { ElementType, OnnxInitializer, OnnxNode, OnnxValue } from './protobuf.ts';
import { tidy } from './tidy.ts';

/** Opset 18 is the first in which all reductions take their axes as inputs. */
export const opset = 18;
/** The version of the file format that this opset belongs to. */
export const irVersion = 8;

export interface Port {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
}

export interface Model {
  /** The ONNX file. */
  readonly bytes: Uint8Array;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

export interface SerialiseOptions {
  /**
   * How matrix products are written. MatMul with Transpose, which ONNX Runtime's CPU provider fuses,
   * or Einsum, which needs no transposed copies and is faster on WebGPU.
   */
  readonly products?: 'matmul' | 'einsum';
}

/** Names are made in order, so that the same graph gives the same bytes. */
class Writer {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxInitializer[] = [];
  private readonly integers = new Map<string, string>();
  private readonly products: 'matmul' | 'einsum';
  private readonly taken: ReadonlySet<string>;
  private made = 0;

  /** @param taken names that the caller has given to inputs and outputs. */
  constructor(products: 'matmul' | 'einsum', taken: ReadonlySet<string>) {
    this.products = products;
    this.taken = taken;
  }

  private fresh(): string {
    const name = `t${this.made++}`;
    return this.taken.has(name) ? this.fresh() : name;
  }

  emit(type: string, inputs: readonly string[], attributes: OnnxNode['attributes'] = {}): string {
    const output = this.fresh();
    this.nodes.push({ type, inputs, output, attributes });
    return output;
  }

  initializer(type: ElementType, shape: Shape, data: Uint8Array): string {
    const name = this.fresh();
    this.initializers.push({ name, type, shape, data });
    return name;
  }

  /** A constant; one number repeated is stored once and expanded, so that the model stays small. */
  constant({ values, shape, dtype }: ConstantAttributes): string {
    const uniform = values.length > 16 && values.every((value) => value === values[0]);
    if (!uniform) return this.initializer(dtype, shape, rawBytes(values, dtype));
    const scalar = this.initializer(dtype, [], rawBytes(values.subarray(0, 1), dtype));
    return this.emit('Expand', [scalar, this.integersNamed(shape)]);
  }

  /** An int64 list, written once however often it is used. */
  private integersNamed(values: readonly number[]): string {
    const key = values.join(',');
    const known = this.integers.get(key);
    if (known) return known;
    const data = BigInt64Array.from(values, BigInt);
    const name = this.initializer('int64', [values.length], new Uint8Array(data.buffer));
    this.integers.set(key, name);
    return name;
  }

  private transposed(name: string, rank: number): string {
    const perm = Array.from({ length: rank }, (_, k) => (k < rank - 2 ? k : 2 * rank - 3 - k));
    return this.emit('Transpose', [name], { perm });
  }

  private product(node: Tensor, names: readonly string[]): string {
    const { transposeA, transposeB } = node.attributes as MatmulAttributes;
    const [a, b] = node.inputs as readonly [Tensor, Tensor];
    if (this.products === 'einsum') return this.einsum(node, names, [transposeA, transposeB]);
    return this.emit('MatMul', [
      transposeA ? this.transposed(names[0] as string, a.shape.length) : (names[0] as string),
      transposeB ? this.transposed(names[1] as string, b.shape.length) : (names[1] as string),
    ]);
  }

  /** Batch axes of extent 1 that broadcast are reshaped away, so that every letter has one extent. */
  private einsum(node: Tensor, names: readonly string[], flips: readonly boolean[]): string {
    const batchRank = node.shape.length - 2;
    const batchLetters = 'abcdefgh'.slice(0, batchRank);
    const matrices = [flips[0] ? 'yx' : 'xy', flips[1] ? 'zy' : 'yz'];
    const operands = node.inputs.map(({ shape }, k) => {
      const offset = batchRank - (shape.length - 2);
      const kept = shape.map((extent, axis) => {
        const isBatch = axis < shape.length - 2;
        return !isBatch || extent === node.shape[axis + offset];
      });
      const letters = [...batchLetters.slice(offset)].filter((_, axis) => kept[axis]).join('');
      const name = kept.every(Boolean)
        ? (names[k] as string)
        : this.emit('Reshape', [
            names[k] as string,
            this.integersNamed(shape.filter((_, axis) => kept[axis])),
          ]);
      return { name, term: letters + (matrices[k] as string) };
    });
    return this.emit(
      'Einsum',
      operands.map(({ name }) => name),
      { equation: `${operands.map(({ term }) => term).join(',')}->${batchLetters}xz` },
    );
  }

  write(node: Tensor, names: readonly string[]): string {
    if ((node.operator as unknown) === matmulOperator) return this.product(node, names);
    const form = node.operator.onnx(node.attributes as never, node);
    const constants = (form.constants ?? []).map((values) => this.integersNamed(values));
    return this.emit(form.type, [...names, ...constants], form.attributes);
  }
}

function rawBytes(values: Float64Array, dtype: DType): Uint8Array {
  if (dtype === 'bool') return Uint8Array.from(values);
  const typed = dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values);
  return new Uint8Array(typed.buffer);
}

/**
 * A model whose outputs carry the names given, in their order; its inputs are those that the outputs need.
 * @throws ShapeError where two different inputs, or an input and an output, share a name.
 */
export function serialise(
  outputs: Readonly<Record<string, Tensor>>,
  { products = 'matmul' }: SerialiseOptions = {},
): Model {
  const tidied = tidy(outputs);
  const order = topologicalOrder(Object.values(tidied));
  const inputNames = order.map(inputName).filter((name) => name !== null);
  const writer = new Writer(products, new Set([...inputNames, ...Object.keys(tidied)]));
  const names = new Map<Tensor, string>();
  const inputs: Port[] = [];
  for (const node of order) {
    if ((node.operator as unknown) === inputOperator) {
      const { name, shape, dtype } = node.attributes as InputAttributes;
      if (inputs.some((port) => port.name === name)) {
        throw new ShapeError(`serialise: two different inputs are named '${name}'; rename one.`);
      }
      inputs.push({ name, shape, dtype });
      names.set(node, name);
    } else if ((node.operator as unknown) === constantOperator) {
      names.set(node, writer.constant(node.attributes as ConstantAttributes));
    } else {
      names.set(
        node,
        writer.write(
          node,
          node.inputs.map((parent) => names.get(parent) as string),
        ),
      );
    }
  }
  const shared = inputs.find(({ name }) => name in tidied);
  if (shared) {
    throw new ShapeError(`serialise: '${shared.name}' names an input and an output; rename one.`);
  }
  const ports = Object.entries(tidied).map(([name, { dtype, shape }]): Port => ({
    name,
    dtype,
    shape,
  }));
  // An output may be an input or another output under a second name, so each gets a node of its own.
  const aliases = ports.map(({ name }): OnnxNode => ({
    type: 'Identity',
    inputs: [names.get(tidied[name] as Tensor) as string],
    output: name,
    attributes: {},
  }));
  const value = ({ name, dtype, shape }: Port): OnnxValue => ({ name, type: dtype, shape });
  const bytes = encodeModel(
    {
      nodes: [...writer.nodes, ...aliases],
      initializers: writer.initializers,
      inputs: inputs.map(value),
      outputs: ports.map(value),
    },
    opset,
    irVersion,
  );
  return { bytes, inputs, outputs: ports };
}
