// The shape and type of every value in a written model, by its name in the file.
import { constantOperator, inputName } from '../../src/engine/graph/leaf.ts';
import { matmulOperator } from '../../src/engine/graph/linear.ts';
import type { DType, Shape, Tensor } from '../../src/engine/graph/index.ts';
import { topologicalOrder } from '../../src/engine/graph/traverse.ts';
import { sameShape } from '../../src/engine/graph/tensor.ts';
import type { ModelInitialiser, ModelNode, ReadModel } from './read-model.ts';

export interface ModelValue {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
}

/** One node of the model, and what comes out of it. */
export interface ShapedNode extends ModelValue {
  readonly type: string;
  readonly inputs: readonly string[];
}

/**
 * The model's nodes with the shapes of the tensors that they were written for. The serialiser keeps no such list, so
 * both are gone through side by side, in the order in which it writes them.
 *
 * @param tidied the outputs that the model was written from, after tidying
 * @throws Error where model and graph do not belong together.
 */
export function shapedNodes(
  tidied: Readonly<Record<string, Tensor>>,
  model: ReadModel,
): ShapedNode[] {
  const walk = new Walk(model);
  for (const tensor of topologicalOrder(Object.values(tidied))) walk.pass(tensor);
  // Every output ends in a node of its own.
  for (const [name, { dtype, shape }] of Object.entries(tidied)) {
    walk.take('Identity', { dtype, shape }, name);
  }
  return walk.finish();
}

class Walk {
  private readonly names = new Map<Tensor, string>();
  private readonly shaped: ShapedNode[] = [];
  private readonly shapes = new Map<string, Shape>();
  private readonly integers: ReadonlyMap<string, ModelInitialiser>;
  /** Values of constants; lists of integers are settings of nodes. */
  private readonly constants: readonly ModelInitialiser[];
  private readonly nodes: readonly ModelNode[];
  private passedConstants = 0;

  constructor({ nodes, initialisers }: ReadModel) {
    this.nodes = nodes;
    const integers = initialisers.filter(({ type }) => type === 'int64');
    this.integers = new Map(integers.map((each) => [each.name, each]));
    this.constants = initialisers.filter(({ type }) => type !== 'int64');
  }

  pass(tensor: Tensor): void {
    const name = inputName(tensor) ?? this.written(tensor);
    this.names.set(tensor, name);
    this.shapes.set(name, tensor.shape);
  }

  private written(tensor: Tensor): string {
    const operator = tensor.operator as unknown;
    if (operator === constantOperator) return this.constant(tensor);
    if (operator === matmulOperator) return this.product(tensor);
    return this.take(tensor.operator.onnx(tensor.attributes as never, tensor).type, tensor);
  }

  /** A constant of one value is written as a number that is expanded. */
  private constant(tensor: Tensor): string {
    const initialiser = this.constants[this.passedConstants++];
    if (!initialiser) throw mismatch('a constant');
    return sameShape(initialiser.shape, tensor.shape)
      ? initialiser.name
      : this.take('Expand', tensor);
  }

  /** Before the product, operands are transposed, or axes of extent 1 are taken from them. */
  private product(tensor: Tensor): string {
    for (;;) {
      const node = this.nodes[this.shaped.length];
      if (!node) throw mismatch('a product');
      if (node.type === 'MatMul' || node.type === 'Einsum') return this.take(node.type, tensor);
      this.take(node.type, { dtype: tensor.dtype, shape: this.prepared(node) });
    }
  }

  private prepared({ type, inputs, perm }: ModelNode): Shape {
    const [operand = '', target = ''] = inputs;
    if (type === 'Transpose') {
      const shape = this.shapes.get(operand) ?? [];
      return perm.map((axis) => shape[axis] as number);
    }
    const list = this.integers.get(target);
    if (type !== 'Reshape' || !list) throw mismatch(type);
    const { buffer, byteOffset, byteLength } = list.data.slice();
    return Array.from(new BigInt64Array(buffer, byteOffset, byteLength / 8), Number);
  }

  /** The next node, which has to be of this type. */
  take(type: string, { dtype, shape }: Omit<ModelValue, 'name'>, output?: string): string {
    const node = this.nodes[this.shaped.length];
    if (node?.type !== type || (output !== undefined && node.output !== output)) {
      throw mismatch(type);
    }
    const { output: name, inputs } = node;
    this.shaped.push({ name, type, inputs, dtype, shape });
    this.shapes.set(name, shape);
    return name;
  }

  finish(): ShapedNode[] {
    if (this.shaped.length !== this.nodes.length) throw mismatch('the end');
    return this.shaped;
  }
}

const mismatch = (expected: string): Error =>
  new Error(`the written model is not that of its graph: expected ${expected} next`);
