// A Hessian's spectrum in words, as a table, and what a reader may change.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { estimateText, type EstimateWithInterval } from '../kit/estimate-text.ts';
import { formatNumber } from '../kit/format.ts';
import { hessianSpectrumOf, outermost, type HessianSpectrum } from './hessian-spectrum-data.ts';

const meanSentence = (name: string, { value, interval }: EstimateWithInterval): string =>
  `${name} has a mean of ${Number.isFinite(interval[0]) ? estimateText({ value, interval }) : formatNumber(value)}`;

export function describeSpectrum(spectrum: HessianSpectrum): string {
  const { curvature, network, place, all, sigma } = spectrum;
  const { means, networks } = curvature;
  const own = place < 0 ? null : outermost(curvature, place);
  const sentences = [
    `Eigenvalues of the Hessian of the training loss at the end of training: the density of those of network ${network}, smoothed by ${formatNumber(sigma)}, and the outermost of ${networks.length} networks.`,
  ];
  if (own !== null) {
    const lowest = own.bottom.length > 0 ? `; the smallest is ${formatNumber(own.bottom[0]!)}` : '';
    sentences.push(
      `The largest of network ${network} are ${own.top.map(formatNumber).join(', ')}${lowest}.`,
    );
  }
  if (all !== null && own !== null) {
    const values = Array.from(all);
    const steep = values.filter((value) => value >= 0.1 * own.top[0]!).length;
    sentences.push(
      `Of its ${values.length} eigenvalues, ${steep} are at least a tenth of the largest.`,
    );
  }
  const { largestEigenvalue, trace } = means;
  sentences.push(
    `Over the networks, ${meanSentence('the largest eigenvalue', largestEigenvalue)}, and ${meanSentence('the trace', trace)}.`,
  );
  return sentences.join(' ');
}

export function tableOfSpectrum({ curvature }: HessianSpectrum): FigureTable {
  const unit = 'loss per squared distance';
  const each = outermost(curvature, 0);
  return {
    columns: [
      { name: 'network' },
      ...each.top.map((_, index) => ({ name: `eigenvalue ${index + 1}`, unit })),
      ...each.bottom.map((_, index) => ({
        name: index === 0 ? 'smallest' : `smallest but ${index}`,
        unit,
      })),
      { name: 'trace', unit },
      { name: 'standard error of the trace', unit },
    ],
    rows: curvature.networks.map((network, place) => {
      const { top, bottom } = outermost(curvature, place);
      return [
        network,
        ...top,
        ...bottom,
        curvature.trace.values[place]!,
        curvature.traceError.values[place]!,
      ];
    }),
  };
}

export function controlsOfSpectrum(data: StudyDisplay): readonly FigureControl[] {
  const spectrum = hessianSpectrumOf(data);
  if (typeof spectrum === 'string') return [];
  const { bottom } = spectrum.curvature;
  if (!bottom?.values.some((value) => value < 0)) return [];
  return [
    {
      key: 'zoom',
      name: 'Show',
      kind: 'choice',
      options: [
        { value: 'all', text: 'all eigenvalues' },
        { value: 'middle', text: 'those around 0' },
      ],
    },
  ];
}
