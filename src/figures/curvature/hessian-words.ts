// A Hessian's spectrum in words, as a table, and what a reader may change.
import type { StudyDisplay } from '../../artifact/load-study.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { hessianSpectrumOf, outermost } from './hessian-data.ts';

const meanInWords = (
  name: string,
  { value, interval: [low, high] }: { value: number; interval: readonly [number, number] },
): string =>
  `${name} has a mean of ${formatNumber(value)}` +
  (Number.isFinite(low) ? ` (95% interval ${formatNumber(low)} to ${formatNumber(high)})` : '');

export function describeSpectrum(data: StudyDisplay): string {
  const spectrum = hessianSpectrumOf(data);
  if (spectrum === null) return 'This study computed no spectrum of a Hessian.';
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
    `Over the networks, ${meanInWords('the largest eigenvalue', largestEigenvalue)}, and ${meanInWords('the trace', trace)}.`,
  );
  return sentences.join(' ');
}

export function tableOfSpectrum(data: StudyDisplay): FigureTable {
  const spectrum = hessianSpectrumOf(data);
  const unit = 'loss per squared distance';
  if (spectrum === null) return { columns: [{ name: 'network' }], rows: [] };
  const { curvature } = spectrum;
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
  const hasDown = (spectrum?.curvature.bottom?.values ?? []).some((value) => value < 0);
  if (!hasDown) return [];
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
