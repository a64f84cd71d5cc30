// The spectrum of a Hessian: nearly all directions are flat, a few are steep, some bend down.
import { scaleLinear, scaleLog } from 'd3';
import type { StudyDisplay } from '../../artifact/load-study.ts';
import { drawAxes, logarithmicTicks, type Box } from '../kit/axes.ts';
import type { Figure } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import {
  binsOf,
  heightOfOne,
  hessianSpectrumOf,
  outermost,
  type HessianSpectrum,
} from './hessian-data.ts';
import { controlsOfSpectrum, describeSpectrum, tableOfSpectrum } from './hessian-words.ts';
import { textWidth, writeAbsence, writeText } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { classColours, networkColour } from '../kit/palette.ts';
import { dotsPath, linePath, type Point } from '../kit/path.ts';
import { openStage, type Group, type Picking, type Stage } from '../kit/stage.ts';
import { drawWhisker } from '../kit/whisker.ts';

export interface HessianSpectrumState {
  /** All eigenvalues, or those around 0 alone. */
  readonly zoom: 'all' | 'middle';
  readonly selected: number | null;
}

const up = classColours[0];
const down = classColours[5];

function limits(spectrum: HessianSpectrum, zoom: HessianSpectrumState['zoom']): [number, number] {
  const { curvature, sigma } = spectrum;
  const lowest = Math.min(0, ...(curvature.bottom?.values ?? []));
  const highest = Math.max(...curvature.top.values);
  if (zoom === 'middle' && lowest < 0) return [1.7 * lowest, -3.2 * lowest];
  return [lowest - 3.2 * sigma, highest + 2.4 * sigma];
}

/** Parts of the density below and above 0, each closed along the floor; between points it is a straight line. */
function areas(spectrum: HessianSpectrum, [low, high]: readonly [number, number], floor: number) {
  const { eigenvalues, density } = spectrum;
  const found: { down: [number, number][]; up: [number, number][] } = { down: [], up: [] };
  for (let i = 0; i < eigenvalues.length; i++) {
    const at = eigenvalues[i]!;
    if (at < low || at > high) continue;
    const height = Math.max(floor, density[i]!);
    const before = eigenvalues[i - 1];
    if (before !== undefined && before < 0 && at >= 0) {
      const share = -before / (at - before);
      const between = Math.max(floor, density[i - 1]! + share * (density[i]! - density[i - 1]!));
      found.down.push([0, between]);
      found.up.push([0, between]);
    }
    found[at < 0 ? 'down' : 'up'].push([at, height]);
  }
  return found;
}

function paint(stage: Stage<StudyDisplay, HessianSpectrumState>): Picking | null {
  const { data, state, width, height } = stage;
  const spectrum = hessianSpectrumOf(data);
  stage.layer('absence', [spectrum === null], (group) => {
    if (spectrum === null)
      writeAbsence(group, width, height, 'This study computed no spectrum of a Hessian.');
  });
  if (spectrum === null) return null;
  const { curvature, network, place } = spectrum;
  const { networks, means } = curvature;
  const isNarrow = width < 480;
  const strip: Box = {
    left: 46,
    right: width - 12,
    top: height - (isNarrow ? 140 : 186),
    bottom: height - 70,
  };
  const box: Box = { ...strip, top: 30, bottom: strip.top - (isNarrow ? 66 : 50) };
  const domain = limits(spectrum, state.zoom);
  const x = scaleLinear(domain, [box.left, box.right]);
  const isCounted = state.zoom === 'middle' && spectrum.all !== null;
  const bins = isCounted ? binsOf(spectrum.all!, domain, isNarrow ? 30 : 48) : [];
  const peak = isCounted
    ? Math.max(...bins.map(({ count }) => count))
    : Math.max(...Array.from(spectrum.density).filter(Number.isFinite));
  const floor = isCounted
    ? 0.7
    : Math.min(peak, heightOfOne(spectrum.count ?? 1000, spectrum.sigma)) / 6;
  const yDomain: [number, number] = [floor, peak * 1.4];
  const y = scaleLog(yDomain, [box.bottom, box.top]).clamp(true);
  const xTicks = x.ticks(Math.max(4, Math.floor((box.right - box.left) / 80)));
  const view = [data, state.zoom];

  stage.layer('spectrum', view, (group) => {
    drawAxes(group, {
      box,
      x,
      y,
      xTicks,
      yTicks: logarithmicTicks(yDomain, 5),
      xFormat: () => '',
      yFormat: formatNumber,
      xName: '',
      yName: isCounted
        ? `How many eigenvalues (of ${spectrum.all!.length}; log scale)`
        : isNarrow
          ? `Density of eigenvalues, network ${network} (log scale)`
          : `Density of the eigenvalues of network ${network} (share per unit of curvature; log scale)`,
    });
    if (isCounted) drawBins(group);
    else drawDensity(group);
    const zero = x(0).toFixed(1);
    group
      .append('path')
      .attr('class', 'reference')
      .attr('d', `M${zero},${box.top}V${box.bottom}M${zero},${strip.top}V${strip.bottom}`);
    drawPeaks(group);
  });

  function drawBins(group: Group): void {
    const bars = (wanted: (from: number) => boolean): string =>
      bins
        .filter(({ from, count }) => count > 0 && wanted(from))
        .map(({ from, to, count }) => {
          const [left, right] = [Math.max(box.left, x(from)), Math.min(box.right, x(to))];
          return `M${left.toFixed(1)},${box.bottom}V${y(count).toFixed(1)}H${(right - 0.5).toFixed(1)}V${box.bottom}z`;
        })
        .join('');
    const isDown = (from: number): boolean => from < -1e-12;
    group.append('path').attr('fill', down).attr('d', bars(isDown));
    group
      .append('path')
      .attr('fill', up)
      .attr(
        'd',
        bars((from) => !isDown(from)),
      );
  }

  function drawDensity(group: Group): void {
    const parts = areas(spectrum!, domain, floor);
    for (const [points, colour] of [
      [parts.down, down],
      [parts.up, up],
    ] as const) {
      if (points.length < 2) continue;
      const edge = points.map(([at, value]): Point => [x(at), y(value)]);
      const shore: Point[] = [[edge[0]![0], box.bottom], ...edge, [edge.at(-1)![0], box.bottom]];
      group
        .append('path')
        .attr('class', 'spectrum-area')
        .attr('fill', colour)
        .attr('d', linePath(shore, true));
      group
        .append('path')
        .attr('class', 'line')
        .attr('stroke', colour)
        .attr('stroke-width', 1.75)
        .attr('d', linePath(edge));
    }
  }

  /** The largest eigenvalues by value, those that have room. */
  function drawPeaks(group: Group): void {
    if (place < 0) return;
    const { eigenvalues, density } = spectrum!;
    let free = Infinity;
    for (const value of outermost(curvature, place).top) {
      const at = x(value);
      if (value < domain[0] || value > domain[1]) continue;
      const text = formatNumber(value);
      const half = textWidth(text) / 2 + 3;
      if (at + half > free || at + half > width) continue;
      const step = Array.from(eigenvalues).findIndex((each) => each >= value);
      const top = isCounted ? y(1) : y(density[Math.max(0, step)] ?? floor);
      writeText(group, { x: at, y: top - 8, text, anchor: 'middle', style: 'strong halo' });
      free = at - half;
    }
  }

  const rowOf = (index: number): number =>
    strip.top + ((index + 0.5) / networks.length) * (strip.bottom - strip.top);
  const dots = (index: number): Point[] => {
    const { top, bottom } = outermost(curvature, index);
    return [...top, ...bottom]
      .filter((value) => value >= domain[0] && value <= domain[1])
      .map((value): Point => [x(value), rowOf(index)]);
  };
  const picked = networks.indexOf(state.selected ?? -1);
  const size = Math.min(6, Math.max(3.5, (strip.bottom - strip.top) / networks.length));

  stage.layer('strip', [...view, picked >= 0], (group) => {
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
    const marks = group.append('g').attr('opacity', picked < 0 ? 0.85 : 0.4);
    for (const [index, each] of networks.entries())
      marks
        .append('path')
        .attr('class', 'dots')
        .attr('stroke', networkColour(each))
        .attr('stroke-width', size.toFixed(1))
        .attr('d', dotsPath(dots(index)));
  });

  stage.layer('mean', view, (group) => {
    const { value, interval } = means.largestEigenvalue;
    const { value: trace, interval: traces } = means.trace;
    const isSure = interval.every(Number.isFinite);
    const range = ([low, high]: readonly [number, number]): string =>
      isSure ? ` (${formatNumber(low)} to ${formatNumber(high)})` : '';
    const told = [
      `Largest: mean ${formatNumber(value)}${range(interval)}`,
      `trace: mean ${formatNumber(trace)}${range(traces)}`,
    ];
    const lines = isNarrow ? told : [`${told.join(';  ')}${isSure ? '; 95% intervals' : ''}`];
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
  });

  stage.layer('selected', [...view, picked], (group) => {
    if (picked < 0) return;
    const own = networks[picked]!;
    const at = rowOf(picked);
    for (const className of ['casing', 'dots'])
      group
        .append('path')
        .attr('class', className)
        .attr('stroke', className === 'dots' ? networkColour(own) : null)
        .attr('stroke-width', className === 'dots' ? 8 : 12)
        .attr('d', dotsPath(dots(picked)));
    writeText(group, {
      x: (strip.left + strip.right) / 2,
      y: Math.max(strip.top + 12, at - 9),
      text: `network ${own}: ${outermost(curvature, picked).top.slice(0, 3).map(formatNumber).join(', ')}${isNarrow ? '' : ' are its largest'}`,
      anchor: 'middle',
      style: 'strong halo',
    });
  });

  stage.layer('keys', view, (group) =>
    drawKeys(group, {
      x: 8,
      y: strip.bottom + 60,
      width: width - 16,
      keys: [
        {
          mark: 'square',
          colour: down,
          text: isNarrow ? 'bends down' : 'the loss bends down (negative)',
        },
        { mark: 'square', colour: up, text: isNarrow ? 'bends up' : 'bends up (positive)' },
        { mark: 'dot', text: 'one network' },
      ],
    }),
  );

  return {
    count: Math.max(...networks) + 1,
    columns: 1,
    selected: picked < 0 ? null : state.selected,
    nearest: (px, py) => {
      if (px < strip.left || px > strip.right || py < strip.top || py > strip.bottom) return null;
      const index = Math.floor(((py - strip.top) / (strip.bottom - strip.top)) * networks.length);
      return networks[Math.min(networks.length - 1, index)] ?? null;
    },
    say: (each) => {
      const index = networks.indexOf(each);
      if (index < 0) return `network ${each}: not measured`;
      const { top, bottom } = outermost(curvature, index);
      const smallest = bottom.length > 0 ? `, smallest ${formatNumber(bottom[0]!)}` : '';
      return `network ${each}: largest eigenvalues ${top.map(formatNumber).join(', ')}${smallest}`;
    },
  };
}

export const hessianSpectrum: Figure<StudyDisplay, HessianSpectrumState> = {
  name: 'hessian-spectrum',
  initial: { zoom: 'all', selected: null },
  height: (width) => (width < 480 ? 380 : 460),
  draw: (container, data, state, environment) =>
    openStage({
      name: 'hessian-spectrum',
      container,
      data,
      state,
      environment,
      describe: describeSpectrum,
      paint,
    }),
  describe: describeSpectrum,
  table: tableOfSpectrum,
  controls: controlsOfSpectrum,
};
