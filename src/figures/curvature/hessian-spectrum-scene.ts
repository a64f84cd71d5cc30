// Where a Hessian's spectrum stands: the density of one network above, a strip with the outermost eigenvalues of all below.
import { scaleLinear, scaleLog } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import { classColours } from '../kit/palette.ts';
import type { Point } from '../kit/path.ts';
import type { Stage } from '../kit/stage.ts';
import {
  binsOf,
  heightOfOne,
  outermost,
  type HessianSpectrum,
  type HessianSpectrumState,
} from './hessian-spectrum-data.ts';

export type SpectrumScene = ReturnType<typeof placeSpectrum>;

/** Of positive curvature, and of negative. */
export const [upColour, downColour] = [classColours[0], classColours[5]];

function limits(spectrum: HessianSpectrum, zoom: HessianSpectrumState['zoom']): [number, number] {
  const { curvature, sigma } = spectrum;
  const lowest = Math.min(0, ...(curvature.bottom?.values ?? []));
  const highest = Math.max(...curvature.top.values);
  if (zoom === 'middle' && lowest < 0) return [1.7 * lowest, -3.2 * lowest];
  return [lowest - 3.2 * sigma, highest + 2.4 * sigma];
}

/** What stands above the axis of the upper part: counts of eigenvalues around 0, or their smoothed density. */
function heightsOf(
  spectrum: HessianSpectrum,
  isCounted: boolean,
  domain: [number, number],
  narrow: boolean,
) {
  if (isCounted) {
    const bins = binsOf(spectrum.all!, domain, narrow ? 30 : 48);
    return { bins, peak: Math.max(...bins.map(({ count }) => count)), floor: 0.7 };
  }
  const peak = Math.max(...Array.from(spectrum.density).filter(Number.isFinite));
  const lone = heightOfOne(spectrum.count ?? 1000, spectrum.sigma);
  return { bins: [], peak, floor: Math.min(peak, lone) / 6 };
}

export function placeSpectrum(
  spectrum: HessianSpectrum,
  { data, state, width, height }: Stage<StudyDisplay, HessianSpectrumState>,
) {
  const { networks } = spectrum.curvature;
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
  const { bins, peak, floor } = heightsOf(spectrum, isCounted, domain, isNarrow);
  const yDomain: [number, number] = [floor, peak * 1.4];
  const picked = networks.indexOf(state.selected ?? -1);
  return {
    ...spectrum,
    networks,
    width,
    isNarrow,
    /** What every layer depends on. */
    ground: [data, state.zoom] as const,
    box,
    strip,
    domain,
    x,
    xTicks: x.ticks(Math.max(4, Math.floor((box.right - box.left) / 80))),
    y: scaleLog(yDomain, [box.bottom, box.top]).clamp(true),
    yDomain,
    isCounted,
    bins,
    floor,
    /** Row of the picked network among those measured; -1 for none. */
    picked,
    selected: picked < 0 ? null : state.selected,
  };
}

/** Height of a network's row in the strip. */
export const rowOf = ({ strip, networks }: SpectrumScene, index: number): number =>
  strip.top + ((index + 0.5) / networks.length) * (strip.bottom - strip.top);

/** A network's outermost eigenvalues in its row, those within the picture. */
export function rowPoints(scene: SpectrumScene, index: number): Point[] {
  const { curvature, domain, x } = scene;
  const { top, bottom } = outermost(curvature, index);
  return [...top, ...bottom]
    .filter((value) => value >= domain[0] && value <= domain[1])
    .map((value): Point => [x(value), rowOf(scene, index)]);
}
