// The landscape mathematics gives the same numbers on WebAssembly and WebGPU as on the CPU in Node (tiny networks).
import { globSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webProviders } from '../../src/engine/runtime/executor.ts';
import { createNodeExecutor } from '../../src/engine/runtime/node.ts';
import { softwareWebGpuArguments } from './chromium.ts';
import { openComputingPage, type ComputingPage, type PageLandscape } from './computing-page.ts';
import { landscapeNumbers, type LandscapeNumbers } from './landscape-numbers.ts';

type Quantity = keyof LandscapeNumbers;

/**
 * How far a quantity may lie from Node's, as a share of its largest number.
 *
 * Bit for bit: what is computed in double precision from the weights alone, which have the same bits everywhere.
 *
 * One in 10,000: losses, first derivatives and activations. They are float32, so that sums in another order move them
 * by some 1e-7; WebGPU lets an adapter round exp and tanh more coarsely than that.
 *
 * One in 1,000: second derivatives, which subtract numbers of like size, and pass through every such function again.
 */
const tolerances: Readonly<Record<Quantity, number>> = {
  loss: 1e-4,
  gradient: 1e-4,
  hessianProduct: 1e-3,
  largestEigenvalues: 1e-3,
  smallestEigenvalues: 1e-3,
  hessianTrace: 1e-3,
  gradientCovarianceTrace: 1e-4,
  squaredGradient: 1e-4,
  sliceLoss: 1e-4,
  matchedUnits: 0,
  matchedSigns: 0,
  distanceBefore: 0,
  alignedDistance: 0,
  lineLoss: 1e-4,
  curveLosses: 1e-4,
  curveBends: 1e-4,
  hiddenActivations: 1e-4,
  linearCka: 1e-4,
  distances: 0,
  tsne: 0,
  umap: 0,
};
const quantities = Object.keys(tolerances) as Quantity[];

/** Largest difference, as a share of the largest number expected. */
function relativeError(actual: readonly number[], expected: readonly number[]): number {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(actual[i]! - value))) / scale;
}

let page: ComputingPage;
let inNode: LandscapeNumbers;
let ofAnotherSeed: LandscapeNumbers;
beforeAll(async () => {
  page = await openComputingPage({ args: softwareWebGpuArguments });
  const executor = await createNodeExecutor({ provider: 'cpu' });
  try {
    inNode = await landscapeNumbers(executor);
    ofAnotherSeed = await landscapeNumbers(executor, 43);
  } finally {
    executor.dispose();
  }
});
afterAll(() => page.close());

describe.each(webProviders)('on %s, in a worker of the page', (provider) => {
  let inPage: PageLandscape;
  beforeAll(async () => {
    inPage = await page.landscapeOn(provider);
  });

  it('runs on the provider asked for, and loads every module of src/landscape without a DOM', () => {
    expect(inPage.provider).toBe(provider);
    const modules = globSync('src/landscape/**/*.ts').map((path) => path.replaceAll('\\', '/'));
    expect(inPage.modules.toSorted()).toEqual(modules.toSorted());
  });

  it.each(quantities)('has the %s of Node', (quantity) => {
    const [actual, expected] = [inPage.numbers[quantity], inNode[quantity]];
    if (tolerances[quantity] === 0) expect(actual).toEqual(expected);
    else expect(relativeError(actual, expected)).toBeLessThan(tolerances[quantity]);
  });
});

it('tells another seed apart, by every quantity', () => {
  const alike = quantities.filter(
    (name) => !(relativeError(ofAnotherSeed[name], inNode[name]) > 10 * tolerances[name]),
  );
  expect(alike).toEqual([]);
});
