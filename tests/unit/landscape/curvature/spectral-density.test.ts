// Truth: the full spectrum of small networks, and the theorem that bounds Gauss quadrature.
import { expect, test } from 'vitest';
import { createDerivatives } from '../../../../src/landscape/curvature/derivatives.ts';
import { fullHessian, hessianSpectrum } from '../../../../src/landscape/curvature/full-hessian.ts';
import { probeKinds } from '../../../../src/landscape/curvature/probes.ts';
import { spectralDensity } from '../../../../src/landscape/curvature/spectral-density.ts';
import type { SpectralDensity } from '../../../../src/landscape/curvature/spectral-density.ts';
import { readReference, relativeError, twoWeights } from './small-networks.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';

const executor = await cpuExecutor();

const integral = (xs: Float64Array, ys: Float64Array) =>
  ys.reduce((sum, y, i) => (i === 0 ? 0 : sum + ((y + ys[i - 1]!) / 2) * (xs[i]! - xs[i - 1]!)), 0);

const meanOf = ({ nodes, nodeWeights, probes }: SpectralDensity) =>
  nodes.reduce((sum, node, i) => sum + (node * nodeWeights[i]!) / probes, 0);

/**
 * Between which shares of mass at or below t the measures lie whose quadrature this is: those of the nodes up to t
 * without the last of them, and with the next (Chebyshev, Markov and Stieltjes).
 */
function quadratureBounds({ nodes, nodeWeights, probes, steps }: SpectralDensity, t: number) {
  let [least, most] = [0, 0];
  for (let k = 0; k < probes; k++) {
    const row = (all: Float64Array) => all.subarray(k * steps, (k + 1) * steps);
    const below = row(nodes).filter((node) => node <= t).length;
    for (const [i, weight] of row(nodeWeights).entries()) {
      if (i < below - 1) least += weight / probes;
      if (i < below + 1) most += weight / probes;
    }
  }
  return [least, most] as const;
}

test.each(probeKinds)(
  'it integrates to 1, and the spectrum lies within the bounds of Gauss quadrature: %s',
  async (probe) => {
    const { options, weights } = readReference('relu-mse-residual.json', executor);
    const derivatives = await createDerivatives(options);
    const P = derivatives.parameters;
    const settings = { probes: 200, steps: 25, points: 400, seed: 1, probe };
    const density = await spectralDensity(derivatives, weights, settings);
    expect(density.steps).toBe(25);
    expect(integral(density.eigenvalues, density.density)).toBeCloseTo(1, 6);
    const spectrum = await hessianSpectrum(derivatives, weights);
    // The measure of a random unit vector is off the spectrum by a deviation of at most sqrt(1 / (2 P)); of the mean
    // of all, and over all t, allow 3 of them.
    const sampling = 3 * Math.sqrt(1 / (2 * P * density.probes));
    const outside = (values: Float64Array) => {
      let farthest = 0;
      for (let i = 0; i < 200; i++) {
        const t = ((i + 0.5) / 100 - 1) * 1.1 * Math.max(...spectrum.map(Math.abs));
        const share = values.filter((value) => value <= t).length / P;
        const [least, most] = quadratureBounds(density, t);
        farthest = Math.max(farthest, least - share, share - most);
      }
      return farthest;
    };
    expect(outside(spectrum)).toBeLessThan(sampling);
    // The bounds can tell: the same spectrum mirrored lies outside.
    expect(outside(spectrum.map((value) => -value))).toBeGreaterThan(2 * sampling);
    derivatives.dispose();
  },
);

test('its curve is the spectrum smoothed by the same Gaussian, within the scatter of probes', async () => {
  const { options, weights } = readReference('relu-mse-residual.json', executor);
  const derivatives = await createDerivatives(options);
  const P = derivatives.parameters;
  const found = await spectralDensity(derivatives, weights, {
    probes: 200,
    steps: P,
    points: 200,
    seed: 2,
    sigma: 1,
  });
  const spectrum = await hessianSpectrum(derivatives, weights);
  const kernel = (t: number) => Math.exp(-(t * t) / 2) / Math.sqrt(2 * Math.PI);
  const truth = found.eigenvalues.map((t) =>
    spectrum.reduce((sum, value) => sum + kernel(t - value) / P, 0),
  );
  const apart = found.density.map((value, i) => Math.abs(value - truth[i]!));
  // z'Bz / P of a matrix B with eigenvalues up to the kernel's peak k: deviation at most k sqrt(2 / P) a probe.
  expect(Math.max(...apart)).toBeLessThan(4 * kernel(0) * Math.sqrt(2 / (P * 200)));
  expect(integral(found.eigenvalues, apart)).toBeLessThan(0.05);
  derivatives.dispose();
});

test("its mean is z'Hz / P: near the trace over P, and the same after one step as after forty", async () => {
  const { reference, options, weights } = readReference('tanh-ce.json', executor);
  const derivatives = await createDerivatives(options);
  const P = derivatives.parameters;
  const hessian = await fullHessian(derivatives, weights);
  const offDiagonal = hessian.reduce(
    (sum, value, i) => sum + (i % (P + 1) === 0 ? 0 : 2 * value * value),
    0,
  );
  const settings = { probes: 40, points: 400, seed: 3 };
  const long = await spectralDensity(derivatives, weights, { ...settings, steps: 40 });
  const short = await spectralDensity(derivatives, weights, { ...settings, steps: 1, sigma: 0.1 });
  const deviation = Math.sqrt(offDiagonal / settings.probes) / P;
  expect(Math.abs(meanOf(long) - reference.hessianTrace / P)).toBeLessThan(3 * deviation);
  expect(Math.abs(meanOf(long) - meanOf(short))).toBeLessThan(
    1e-6 * reference.hessianTopEigenvalues[0]!,
  );
  derivatives.dispose();
});

test('two weights at a minimum: all nodes are 0 and a^2 + b^2, with shares that the probe sets', async () => {
  const derivatives = await createDerivatives(twoWeights(executor));
  const found = await spectralDensity(derivatives, Float32Array.of(2, 0.5), {
    probes: 6,
    steps: 9,
    points: 200,
    seed: 4,
  });
  expect(found.steps).toBe(2);
  for (let k = 0; k < 6; k++) {
    expect(relativeError(found.nodes.subarray(2 * k, 2 * k + 2), [0, 4.25])).toBeLessThan(1e-6);
    // z = (1, +-1)/sqrt(2) on the eigenvector (b, a)/sqrt(4.25): (a +- b)^2 / (2 * 4.25).
    const share = found.nodeWeights[2 * k + 1]!;
    const truths = [2.5 ** 2 / 8.5, 1.5 ** 2 / 8.5];
    expect(Math.min(...truths.map((truth) => Math.abs(truth - share)))).toBeLessThan(1e-6);
    expect(share + found.nodeWeights[2 * k]!).toBeCloseTo(1, 12);
  }
  derivatives.dispose();
});

test('what does not fit is told in a sentence', async () => {
  const derivatives = await createDerivatives(twoWeights(executor));
  const settings = { probes: 2, steps: 2, points: 200, seed: 1 };
  const weights = Float32Array.of(2, 0.5);
  const refused = (changed: Partial<Parameters<typeof spectralDensity>[2]>) =>
    expect(spectralDensity(derivatives, weights, { ...settings, ...changed })).rejects;
  await refused({ points: 50 }).toThrow('take at least 113 points, or a larger sigma');
  await refused({ probes: 0 }).toThrow('probes is 0: expected a whole number of at least 1');
  await refused({ steps: 1.5 }).toThrow('steps is 1.5');
  await refused({ sigma: -1 }).toThrow('sigma is -1: expected a number above 0');
  await expect(spectralDensity(derivatives, new Float32Array(4), settings)).rejects.toThrow(
    'the weights of one network has 4 numbers: expected 2',
  );
  await expect(spectralDensity(derivatives, Float32Array.of(NaN, 1), settings)).rejects.toThrow(
    'the Hessian is not finite at these weights',
  );
  derivatives.dispose();
});
