// Plain float64 arrays with a shape: the arithmetic of the reference semantics.

export type Shape = readonly number[];

export interface NdArray {
  readonly shape: Shape;
  readonly values: Float64Array;
}

/** Row-major strides; an axis of extent 1 gets stride 0, so that it broadcasts. */
export function broadcastStrides(shape: Shape, rank: number): number[] {
  const strides = new Array<number>(rank).fill(0);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const extent = shape[axis] as number;
    strides[axis + rank - shape.length] = extent === 1 ? 0 : stride;
    stride *= extent;
  }
  return strides;
}

/** Calls `visit` for every element of `shape` in row-major order with its offset under each set of strides. */
export function walk(
  shape: Shape,
  strides: readonly (readonly number[])[],
  visit: (index: number, offsets: readonly number[]) => void,
): void {
  const total = shape.reduce((size, extent) => size * extent, 1);
  const position = new Array<number>(shape.length).fill(0);
  const offsets = new Array<number>(strides.length).fill(0);
  for (let index = 0; index < total; index++) {
    visit(index, offsets);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (position[axis] as number) + 1;
      const wraps = next === shape[axis];
      const advance = wraps ? 1 - next : 1;
      position[axis] = wraps ? 0 : next;
      for (let s = 0; s < strides.length; s++) {
        (offsets[s] as number) += advance * ((strides[s] as readonly number[])[axis] as number);
      }
      if (!wraps) break;
    }
  }
}

/** Elementwise over broadcast operands. */
export function mapElements(
  shape: Shape,
  operands: readonly NdArray[],
  f: (...values: number[]) => number,
): Float64Array {
  const result = new Float64Array(shape.reduce((size, extent) => size * extent, 1));
  const strides = operands.map((operand) => broadcastStrides(operand.shape, shape.length));
  walk(shape, strides, (index, offsets) => {
    result[index] = f(...operands.map((o, k) => o.values[offsets[k] as number] as number));
  });
  return result;
}
