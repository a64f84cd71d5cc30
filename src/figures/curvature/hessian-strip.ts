// The lower part of a Hessian's spectrum: the outermost eigenvalues of every network in a row each, their mean, and the picked network.
import { drawAxes } from '../kit/axes.ts';
import { formatNumber } from '../kit/format.ts';
import { writeText } from '../kit/labels.ts';
import { networkColour } from '../kit/palette.ts';
import { dotsPath } from '../kit/path.ts';
import { drawPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import { drawWhisker } from '../kit/whisker.ts';
import { outermost } from './hessian-spectrum-data.ts';
import { rowOf, rowPoints, type SpectrumScene } from './hessian-spectrum-scene.ts';

export function drawStrip(group: Group, scene: SpectrumScene): void {
  const { strip, x, xTicks, isNarrow, networks, curvature, picked } = scene;
  drawAxes(group, {
    box: strip,
    x,
    y: null,
    xTicks,
    xFormat: formatNumber,
    xName: isNarrow
      ? 'Eigenvalue (loss per squared distance)'
      : 'Eigenvalue of the Hessian: curvature (loss per squared distance in weight space)',
  });
  const { top, bottom } = curvature;
  const smallest = bottom === null ? '' : ` and ${bottom.shape[1]} smallest`;
  writeText(group, {
    x: 2,
    y: strip.top - (isNarrow ? 42 : 26),
    text: `${networks.length} networks, a row each: ${top.shape[1]} largest${smallest}`,
    style: 'axis-name',
  });
  const size = Math.min(6, Math.max(3.5, (strip.bottom - strip.top) / networks.length));
  const marks = group.append('g').attr('opacity', picked < 0 ? 0.85 : 0.4);
  for (const [index, network] of networks.entries())
    drawPath(marks, 'dots', dotsPath(rowPoints(scene, index)), {
      colour: networkColour(network),
      width: size.toFixed(1),
    });
}

/** Means over the networks in words; that of the largest eigenvalue also as a mark on the axis. */
export function drawMean(group: Group, { curvature, strip, x, domain, isNarrow }: SpectrumScene) {
  const { largestEigenvalue, trace } = curvature.means;
  const { value, interval } = largestEigenvalue;
  const isSure = interval.every(Number.isFinite);
  const mean = (estimate: typeof trace): string => {
    const [low, high] = estimate.interval;
    const range = isSure ? ` (${formatNumber(low)} to ${formatNumber(high)})` : '';
    return `mean ${formatNumber(estimate.value)}${range}`;
  };
  const texts = [`Largest: ${mean(largestEigenvalue)}`, `trace: ${mean(trace)}`];
  const lines = isNarrow ? texts : [`${texts.join(';  ')}${isSure ? '; 95% intervals' : ''}`];
  for (const [index, text] of lines.entries())
    writeText(group, {
      x: 2,
      y: strip.top - 10 - (lines.length - 1 - index) * 16,
      text,
      style: 'strong',
    });
  if (value > domain[1]) return;
  drawWhisker(group, {
    mean: x(value),
    interval: isSure ? [x(interval[0]), x(interval[1])] : null,
    across: strip.top - 2,
    colour: 'currentColor',
    mark: 'diamond',
  });
}

export function drawPickedRow(group: Group, scene: SpectrumScene): void {
  const { picked, networks, curvature, strip, isNarrow } = scene;
  if (picked < 0) return;
  const network = networks[picked]!;
  const dots = dotsPath(rowPoints(scene, picked));
  drawPath(group, 'casing', dots, { width: 12 });
  drawPath(group, 'dots', dots, { colour: networkColour(network), width: 8 });
  const largest = outermost(curvature, picked).top.slice(0, 3).map(formatNumber).join(', ');
  writeText(group, {
    x: (strip.left + strip.right) / 2,
    y: Math.max(strip.top + 12, rowOf(scene, picked) - 9),
    text: `network ${network}: ${largest}${isNarrow ? '' : ' are its largest'}`,
    anchor: 'middle',
    style: 'strong halo',
  });
}
