// The upper part of a Hessian's spectrum: the density of one network's eigenvalues or their counts around 0, with the largest named.
import { drawAxes, logarithmicTicks } from '../kit/axes.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { linePath, type Point } from '../kit/path.ts';
import { drawPath, fillPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import { outermost } from './hessian-spectrum-data.ts';
import { downColour, upColour, type SpectrumScene } from './hessian-spectrum-scene.ts';

export function drawSpectrum(group: Group, scene: SpectrumScene): void {
  const { box, strip, x, isCounted } = scene;
  drawDensityAxes(group, scene);
  if (isCounted) drawBins(group, scene);
  else drawDensity(group, scene);
  const zero = x(0).toFixed(1);
  drawPath(
    group,
    'reference',
    `M${zero},${box.top}V${box.bottom}M${zero},${strip.top}V${strip.bottom}`,
  );
  drawPeaks(group, scene);
}

function drawDensityAxes(group: Group, scene: SpectrumScene): void {
  const { box, x, y, xTicks, yDomain, isCounted, isNarrow, all, network } = scene;
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
      ? `How many eigenvalues (of ${all!.length}; log scale)`
      : isNarrow
        ? `Density of eigenvalues, network ${network} (log scale)`
        : `Density of the eigenvalues of network ${network} (share per unit of curvature; log scale)`,
  });
}

function drawBins(group: Group, { bins, box, x, y }: SpectrumScene): void {
  const bars = (isWanted: (from: number) => boolean): string =>
    bins
      .filter(({ from, count }) => count > 0 && isWanted(from))
      .map(({ from, to, count }) => {
        const [left, right] = [Math.max(box.left, x(from)), Math.min(box.right, x(to))];
        return `M${left.toFixed(1)},${box.bottom}V${y(count).toFixed(1)}H${(right - 0.5).toFixed(1)}V${box.bottom}z`;
      })
      .join('');
  const isDown = (from: number): boolean => from < -1e-12;
  fillPath(group, null, bars(isDown), downColour);
  fillPath(
    group,
    null,
    bars((from) => !isDown(from)),
    upColour,
  );
}

/** Parts of the density below and above 0; between points it is a straight line. */
function halves({ eigenvalues, density, domain: [low, high], floor }: SpectrumScene) {
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

function drawDensity(group: Group, scene: SpectrumScene): void {
  const { box, x, y } = scene;
  const { down, up } = halves(scene);
  for (const [points, colour] of [
    [down, downColour],
    [up, upColour],
  ] as const) {
    if (points.length < 2) continue;
    const edge = points.map(([at, value]): Point => [x(at), y(value)]);
    const area: Point[] = [[edge[0]![0], box.bottom], ...edge, [edge.at(-1)![0], box.bottom]];
    fillPath(group, 'spectrum-area', linePath(area, { closed: true }), colour);
    drawPath(group, 'line', linePath(edge), { colour, width: 1.75 });
  }
}

/** The largest eigenvalues by value, those that have room. */
function drawPeaks(group: Group, scene: SpectrumScene): void {
  const { place, curvature, eigenvalues, density, domain, x, y, width, isCounted, floor } = scene;
  if (place < 0) return;
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
