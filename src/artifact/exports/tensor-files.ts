// What a run leaves in numbers, as safetensors that say of themselves what they hold.
import { networkShapeOf } from '../../learning/network-of.ts';
import { layerLayouts } from '../../learning/network-shape.ts';
import type { Samples } from '../../learning/samples.ts';
import { encodeFullLandscape, encodeTraining, encodeWeights } from '../full-tensors.ts';
import { encodeSafetensors, stored, type StoredTensor } from '../safetensors.ts';
import { startTensor } from './catalogue.ts';
import { experimentToRepeat } from './experiment-file.ts';
import { finalWeights, shapeOf, type ExportedRun } from './exported-run.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Where each layer lies in a network's flat vector, in words. */
function layoutInWords(run: ExportedRun): string {
  const layers = layerLayouts(shapeOf(run)).map(
    ({ inputs, outputs, weightOffset, biasOffset }, layer) =>
      `layer ${layer}: W [${inputs}, ${outputs}] at ${weightOffset}` +
      (biasOffset === null ? '' : `, b [${outputs}] at ${biasOffset}`),
  );
  return `The P numbers of one network, row-major, a layer computes x @ W + b: ${layers.join('; ')}.`;
}

const about = (run: ExportedRun, holds: string): Record<string, string> => ({
  experiment: JSON.stringify(experimentToRepeat(run)),
  producer: 'Loss Atlas',
  provider: run.provider,
  holds,
});

export const weightsFile = (run: ExportedRun): Bytes =>
  encodeWeights(run.history, {
    ...about(
      run,
      'snapshots [S, N, P]: the weights of N networks at S steps, which snapshotSteps [S] names; initial and final [N, P] are the first and the last of them.',
    ),
    layout: layoutInWords(run),
  });

export const trainingFile = (run: ExportedRun): Bytes =>
  encodeTraining(
    run.history,
    about(
      run,
      'trainLoss, testLoss, trainAccuracy, testAccuracy and gradientNorm [T, N]: N networks at T records, which steps [T] and epochs [T] name; divergedAt [N] is the step at which a network stopped being finite, or -1. Values after that are NaN.',
    ),
  );

/** Null where no landscape has been computed. */
export const landscapeFile = (run: ExportedRun): Bytes | null =>
  run.landscapeInPlane &&
  encodeFullLandscape(run.landscapeInPlane.landscape, run.landscapeInPlane.plane, {
    ...about(
      run,
      'The point (x, y) of the plane is origin + x * directions[0] + y * directions[1] in weight space; loss, testLoss and accuracy are on the grid ys by xs; coordinates [S, N, 2], offPlane, trueLoss and planeLoss [S, N] tell of every snapshot.',
    ),
    layout: layoutInWords(run),
  });

/** Where training began, for `start` of the experiment; null where the initialiser says it. */
export function startWeightsFile(run: ExportedRun): Bytes | null {
  const { startWeights } = run;
  const { networks, parameters } = run.history;
  return (
    startWeights &&
    encodeSafetensors(
      { [startTensor]: stored(startWeights, [networks, parameters]) },
      {
        producer: 'Loss Atlas',
        holds: `${startTensor} [N, P]: the weights with which training began.`,
        layout: layoutInWords(run),
      },
    )
  );
}

/** The samples as the networks see them, which PyTorch needs to measure the same losses. */
export function dataFile(run: ExportedRun): Bytes {
  const { data } = run;
  const tensors: Record<string, StoredTensor> = {
    mean: stored(data.normalisation.mean, [data.features]),
    scale: stored(data.normalisation.scale, [data.features]),
  };
  const add = (part: 'train' | 'test', { count, inputs, targets, labels }: Samples): void => {
    if (count === 0) return;
    tensors[`${part}Inputs`] = stored(inputs, [count, data.features]);
    if (labels) tensors[`${part}Labels`] = stored(labels, [count]);
    else tensors[`${part}Targets`] = stored(targets, [count, data.outputs]);
  };
  add('train', data.train);
  add('test', data.test);
  return encodeSafetensors(tensors, {
    ...about(
      run,
      'trainInputs and testInputs [samples, features] are normalised: (raw - mean) / scale; labels are classes counted from 0.',
    ),
    featureNames: JSON.stringify(data.featureNames),
    classNames: JSON.stringify(data.classNames),
  });
}

/**
 * One network as PyTorch names it: `nn.Sequential(Linear, activation, Linear, ...)`, so that layer k is `2k.weight`
 * `[outputs, inputs]` (the transpose of ours) and `2k.bias` `[outputs]`.
 */
export function stateDictFile(run: ExportedRun, network: number): Bytes {
  const { experiment, data } = run;
  const weights = finalWeights(run, network);
  const tensors: Record<string, StoredTensor> = {};
  layerLayouts(networkShapeOf(experiment, data)).forEach((layout, layer) => {
    const { inputs, outputs, weightOffset, biasOffset } = layout;
    const transposed = new Float32Array(inputs * outputs);
    for (let i = 0; i < inputs; i++)
      for (let o = 0; o < outputs; o++)
        transposed[o * inputs + i] = weights[weightOffset + i * outputs + o] as number;
    tensors[`${2 * layer}.weight`] = stored(transposed, [outputs, inputs]);
    if (biasOffset !== null)
      tensors[`${2 * layer}.bias`] = stored(weights.slice(biasOffset, biasOffset + outputs), [
        outputs,
      ]);
  });
  return encodeSafetensors(tensors, {
    ...about(run, 'The state dict of one network, for torch.nn.Sequential.'),
    network: String(network),
    format: 'pt',
  });
}
