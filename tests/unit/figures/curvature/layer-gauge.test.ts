// The gauge: map and spectrum at really rescaled weights, by the engine, and a boundary that stays.
import { describe, expect, it } from 'vitest';
import {
  answersOn,
  rescaledBy,
  unpackOneLayer,
} from '../../../../src/figures/boundaries/one-layer-network.ts';
import {
  viewOfGauge,
  type LayerGaugeView,
} from '../../../../src/figures/curvature/layer-gauge-data.ts';
import { lossOnPlane } from '../../../../src/figures/curvature/layer-gauge-map.ts';
import { layerGauge } from '../../../../src/figures/curvature/layer-gauge.ts';
import { createEvaluator } from '../../../../src/learning/evaluator.ts';
import type { LayerScaleResult } from '../../../../src/landscape/analyses/layer-scale/layer-scale-result.ts';
import { rescaleUnits } from '../../../../src/landscape/symmetry/relu-scale.ts';
import { drawStill } from '../drawing.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';
import { askedStudy, trainedMoons } from '../trained-study.ts';

const executor = await cpuExecutor();

describe('the gauge', async () => {
  const condition = await trainedMoons(executor, 'relu');
  const study = await askedStudy(executor, condition, {
    kind: 'layer-scale',
    networks: 2,
    largest: 8,
    stops: 5,
    eigenvalues: 6,
  });
  const result = study.results['own'] as LayerScaleResult;
  const { network, data, final } = condition;
  const P = final.length / 4;
  const viewAt = (factor: number, selected = 0): LayerGaugeView => {
    const view = viewOfGauge(study, { factor, selected });
    if (typeof view === 'string') throw new Error(view);
    return view;
  };

  it.each([0.125, 1, 2.5, 8])(
    'maps the loss around the weights times %d as the engine does',
    async (factor) => {
      const { own, plane, points } = viewAt(factor, 1);
      const places = [-1, -0.25, 0, 0.5, 1.5];
      const map = lossOnPlane(own, plane, points, factor, places, places);
      const units = new Float64Array(8).fill(factor);
      const centre = rescaleUnits(network, final.slice(P, 2 * P), 0, units);
      const direction = (d: number) => result.directions.values.subarray((2 + d) * P, (3 + d) * P);
      const weights = Float32Array.from({ length: places.length ** 2 * P }, (_, at) => {
        const [place, p] = [Math.floor(at / P), at % P];
        const [a, b] = [places[place % places.length]!, places[Math.floor(place / places.length)]!];
        return centre[p]! + a * direction(0)[p]! + b * direction(1)[p]!;
      });
      const evaluator = await createEvaluator({
        executor,
        network,
        loss: 'cross-entropy',
        samples: data.train,
      });
      const { loss } = await evaluator.evaluate(weights);
      evaluator.dispose();
      for (const [at, value] of map.entries()) expect(value / loss[at]!).toBeCloseTo(1, 3);
    },
  );

  it('leaves every answer and the drawn boundary where they are, and moves the spectrum', () => {
    const [still, turned] = [viewAt(1), viewAt(8)];
    expect(turned.change).toMatchObject({ answers: 0 });
    expect(turned.change.largest).toBeLessThan(1e-12);
    const axis = [-2, -1, 0, 1, 2];
    const answers = (view: LayerGaugeView) =>
      answersOn(rescaledBy(view.own, view.factor), axis, axis);
    for (const [at, value] of answers(turned).entries())
      expect(value).toBeCloseTo(answers(still)[at]!, 10);
    expect(turned.eigenvalues[0]).toBeGreaterThan(2 * still.eigenvalues[0]!);
  });

  it('gives the eigenvalues of the analysis at its factors, and lies between them elsewhere', () => {
    const K = 6;
    for (const [a, factor] of result.factors.values.entries())
      for (const [k, value] of viewAt(factor).eigenvalues.entries())
        expect(value).toBeCloseTo(result.eigenvalues.values[a * K + k]!, 5);
    const [low, middle, high] = [8 ** 0.5, 8 ** 0.75, 8].map(
      (factor) => viewAt(factor).eigenvalues[0]!,
    );
    expect(middle! ** 2).toBeCloseTo(low! * high!, 2);
  });

  it('draws the largest eigenvalue with its name, and those as trained behind', () => {
    const { texts, all } = drawStill(layerGauge, study, { factor: 8 });
    expect(texts().join(' ')).toMatch(/largest [\d.]+, [\d.]+ times as trained/);
    expect(texts()).toContain('No answer changed');
    expect(all('.layer-spectrum-axis .reference').length).toBeGreaterThan(2);
    expect(all('image.relief')).toHaveLength(1);
  });

  it('reads the network as it was trained', () => {
    expect(viewAt(1).own).toEqual(unpackOneLayer(final.slice(0, P), 'relu'));
    expect(layerGauge.describe({ ...study, results: {} }, layerGauge.initial)).toMatch(/^No layer/);
  });
});
