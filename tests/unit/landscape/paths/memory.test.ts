// Truth: the sizes that programs are compiled for, read off their inputs, and the bytes of what they hold.
import { expect, it } from 'vitest';
import type { Executor } from '../../../../src/engine/runtime/executor.ts';
import { curveSpecSchema } from '../../../../src/landscape/paths/curve-spec.ts';
import { createInterpolator, evenAlphas } from '../../../../src/landscape/paths/interpolation.ts';
import { trainCurves } from '../../../../src/landscape/paths/train-curve.ts';
import { networkBytes } from '../../../../src/learning/chunks.ts';
import { parameterCount } from '../../../../src/learning/network-shape.ts';
import {
  networkOf,
  randomNetworks,
  randomSamples,
  randomVector,
} from '../curvature/small-networks.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';

const network = networkOf([2, 6, 2]);
const bytes = networkBytes(network, 24);
const lanes = 2;

const executor = await cpuExecutor(lanes);

/** The same executor, and the shape of each input of what it compiled last. */
function watched() {
  let shapes: Record<string, readonly number[]> = {};
  const watching: Executor = {
    ...executor,
    compile(model) {
      shapes = Object.fromEntries(model.inputs.map(({ name, shape }) => [name, shape]));
      return executor.compile(model);
    },
  };
  return { watching, shapeOf: (name: string) => shapes[name]! };
}

it.each([
  [1, 1, 1], // Less than a network: one after the other.
  [3, 1, 3], // 11 points in 4 pieces.
  [6, 1, 6],
  [10, 1, 6], // 11 points in 2 pieces, about equally long.
  [11, 1, 11],
  [40, 3, 11],
])(
  'with the memory of %i networks a lane, %i lines of %i points go at once',
  async (fit, lines, points) => {
    const { watching, shapeOf } = watched();
    const { options } = randomNetworks(watching, network, 1);
    const memoryBudget = fit * lanes * bytes + 1;
    const line = await createInterpolator({ ...options, memoryBudget }, { alphas: evenAlphas(11) });
    line.dispose();
    expect(shapeOf('share')).toEqual([lines, points]);
    expect(shapeOf('from')[0]).toBe(lines);
  },
);

it.each([
  ['sgd', 1],
  ['adam', 1],
  ['adam', 5],
] as const)(
  '%s of %i bends: curves, their state and their points fit in memory',
  async (kind, bends) => {
    const { watching, shapeOf } = watched();
    // So few samples that the weights are most of what is held.
    const [C, count] = [12, 4];
    const wide = networkOf([8, 16, 2]);
    const P = parameterCount(wide);
    const samples = randomSamples(count, 8, 2);
    const ends = { from: randomVector(C * P, 1), to: randomVector(C * P, 2) };
    const spec = curveSpecSchema.parse({ bends, steps: 1, optimiser: { kind } });
    const slots = kind === 'sgd' ? 0 : 2;
    const one = [
      new Float32Array(2 * P), // ends
      new Float32Array(bends * P * (1 + slots)), // bends and the optimiser's state, as they come in
      new Float32Array(bends * P * (1 + slots)), // and go out
      new Float32Array((bends + 2) * P), // all points
      new Float32Array((bends + 2) * P), // by their shares
      new Float32Array(bends * P), // the gradient
    ].reduce((sum, { byteLength }) => sum + byteLength, networkBytes(wide, count));
    for (const fit of [1, 2, 3]) {
      const memoryBudget = fit * lanes * one + 1;
      const options = { executor: watching, network: wide, samples, memoryBudget };
      await trainCurves({ ...options, ...ends, spec, loss: 'cross-entropy' });
      expect(shapeOf('from')).toEqual([fit, P]);
    }
  },
);
