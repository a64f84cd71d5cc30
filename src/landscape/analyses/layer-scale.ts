// One layer scaled up and the next down by one factor: what the spectrum of the Hessian makes of it.
import { createDerivatives } from '../curvature/derivatives.ts';
import { hessianEigenpairs } from '../curvature/extreme-eigenpairs.ts';
import { fullHessian } from '../curvature/full-hessian.ts';
import { rescaleUnits } from '../symmetry/relu-scale.ts';
import {
  layerScale as scaleOfLayers,
  scaledHessian,
  steepestWithin,
  symmetricEigenvalues,
} from '../symmetry/scaled-hessian.ts';
import {
  conditionOf,
  defineAnalysis,
  firstNetworks,
  lossOptions,
  rowOf,
  using,
  weightsOf,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from './analysis.ts';
import { shaped } from './derived.ts';
import {
  layerScaleSchema,
  type LayerScaleResult,
  type LayerScaleSpec,
} from './layer-scale/layer-scale-result.ts';
import { numericArray } from './numeric-array.ts';
import { checkPlaneNetwork, planePoints } from './plane-points.ts';
import { rayleighQuotients, sameEigenvalue } from './rechecks.ts';

export const layerScale = defineAnalysis({
  schema: layerScaleSchema,
  title: 'one layer scaled up and the next down: what the Hessian makes of it',
  check: (plan) => checkPlaneNetwork(conditionOf(plan, undefined), 'relu'),
  answer: (context, spec): Promise<LayerScaleResult> => measure(context, spec),
  derived(context, spec, { eigenvalues, directions, curvatures }): LayerScaleResult {
    const condition = conditionOf(context, undefined);
    const { networks, M, weights, P } = firstNetworks(condition, spec.networks);
    return {
      networks,
      ...planePoints(condition.data),
      weights: numericArray([M, P], weights, { rounding: 'exact' }),
      factors: factorsOf(spec),
      eigenvalues: shaped(eigenvalues, [M, spec.stops, Math.min(spec.eigenvalues, P)]),
      directions: shaped(directions, [M, 2, P]),
      curvatures: shaped(curvatures, [M, 2]),
    };
  },
  recheck: recheckSpectra,
});

const factorsOf = ({ largest, stops }: LayerScaleSpec) =>
  numericArray(
    [stops],
    Array.from({ length: stops }, (_, a) => largest ** ((2 * a) / (stops - 1) - 1)),
    { rounding: 'exact' },
  );

async function measure(
  context: AnalysisContext<TrainedCondition>,
  spec: LayerScaleSpec,
): Promise<LayerScaleResult> {
  context.signal.throwIfAborted();
  const condition = conditionOf(context, undefined);
  const [inputs, units, outputs] = condition.network.sizes as [number, number, number];
  const { networks, M, weights, P } = firstNetworks(condition, spec.networks);
  const factors = factorsOf(spec);
  const K = Math.min(spec.eigenvalues, P);
  const eigenvalues = new Float64Array(M * spec.stops * K);
  const directions = new Float64Array(M * 2 * P);
  const curvatures = new Float64Array(M * 2);
  const into = (inputs + 1) * units;
  await using(createDerivatives(lossOptions(context, condition)), async (derivatives) => {
    for (let m = 0; m < M; m++) {
      context.signal.throwIfAborted();
      const hessian = await fullHessian(derivatives, rowOf(weights, P, m).slice());
      for (const [a, factor] of factors.values.entries()) {
        const scale = scaleOfLayers({ inputs, units, outputs }, factor);
        const all = symmetricEigenvalues(scaledHessian(hessian, scale), P);
        eigenvalues.set(all.subarray(0, K), (m * spec.stops + a) * K);
      }
      for (const [d, block] of [
        [0, into] as const,
        [into, into + units * outputs] as const,
      ].entries()) {
        const { direction, curvature } = steepestWithin(hessian, P, block);
        directions.set(direction, (m * 2 + d) * P);
        curvatures[m * 2 + d] = curvature;
      }
      context.onProgress((m + 1) / M);
    }
  });
  return {
    networks,
    ...planePoints(condition.data),
    weights: numericArray([M, P], weights, { rounding: 'exact' }),
    factors,
    eigenvalues: numericArray([M, spec.stops, K], eigenvalues, { rounding: 'exact' }),
    directions: numericArray([M, 2, P], directions, { rounding: 'fine' }),
    curvatures: numericArray([M, 2], curvatures, { rounding: 'exact' }),
  };
}

/** Largest eigenvalues at weights that are really rescaled, by Lanczos; curvatures along the directions, by products. */
async function recheckSpectra(
  context: AnalysisContext<TrainedCondition>,
  { stops }: LayerScaleSpec,
  { networks, factors, eigenvalues, directions, curvatures }: LayerScaleResult,
): Promise<Recheck[]> {
  const condition = conditionOf(context, undefined);
  const { network, experiment } = condition;
  const weights = weightsOf(condition, networks);
  const M = networks.length;
  const P = weights.length / M;
  const K = eigenvalues.shape[2]!;
  return using(createDerivatives(lossOptions(context, condition)), async (derivatives) => {
    const checks: Recheck[] = [];
    for (const a of [0, Math.floor(stops / 2), stops - 1]) {
      const factor = factors.values[a]!;
      const units = new Float64Array(network.sizes[1]!).fill(factor);
      const moved = new Float32Array(weights.length);
      for (let m = 0; m < M; m++)
        moved.set(rescaleUnits(network, rowOf(weights, P, m).slice(), 0, units), m * P);
      const { top } = await hessianEigenpairs(derivatives, moved, {
        top: 1,
        bottom: 0,
        seed: experiment.seed,
      });
      for (const [m, name] of networks.entries())
        checks.push(
          sameEigenvalue(
            `largest eigenvalue of network ${name} rescaled by ${factor}`,
            eigenvalues.values[(m * stops + a) * K]!,
            top.values[m]!,
          ),
        );
    }
    for (const d of [0, 1]) {
      const along = Float32Array.from({ length: M * P }, (_, at) => {
        const [m, p] = [Math.floor(at / P), at % P];
        return directions.values[(m * 2 + d) * P + p]!;
      });
      const products = await derivatives.hessianVectorProduct(weights, along);
      const again = rayleighQuotients(along, products, M);
      for (const [m, name] of networks.entries())
        checks.push(
          sameEigenvalue(
            `curvature of network ${name} along direction ${d}`,
            curvatures.values[m * 2 + d]!,
            again[m]!,
          ),
        );
    }
    return checks;
  });
}
