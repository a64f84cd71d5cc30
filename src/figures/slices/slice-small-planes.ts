// All planes of a study as small maps in the same colours: how much the choice of a plane decides.
import { drawFilledContours } from '../kit/filled-contours.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import { writeText, writeWrapped } from '../kit/labels.ts';
import { drawColourBar } from '../kit/legend.ts';
import type { SmallLayout } from './slice-layout.ts';
import { placePlane, planeShare } from './plane.ts';
import { drawTracks } from './plane-marks.ts';
import { sliceSurface, type NamedPlane } from './slice-planes.ts';
import { marksOfStudy } from './slice-marks.ts';
import { legendTitle, scaleOfPlanes, type SliceColours } from './slice-scale.ts';
import { extentOf } from './slice-words.ts';
import type { Group } from '../kit/stage.ts';

export interface SmallPlanesOptions {
  readonly planes: readonly NamedPlane[];
  readonly layout: SmallLayout;
  readonly state: SliceColours & {
    readonly until: number | null;
    readonly selected: number | null;
  };
  readonly unit: string;
}

export function drawSmallPlanes(group: Group, options: SmallPlanesOptions): void {
  const { planes, layout, state, unit } = options;
  const { columns, panel, map } = layout;
  const scale = scaleOfPlanes(planes, state);
  for (const [index, plane] of planes.entries()) {
    const left = (index % columns) * (panel.width + panel.gap);
    const top = layout.top + Math.floor(index / columns) * (panel.height + 10);
    const own = group.append('g').attr('class', 'slice-panel');
    // Titles stand on the line above the map, whether they take one or two.
    const isLong = plane.title.length * 7.3 > panel.width;
    writeWrapped(own, {
      x: left,
      y: top + (isLong ? 14 : 30),
      text: plane.title,
      style: 'strong',
      // Bold letters are wider than the estimate.
      width: 0.9 * panel.width,
    });
    const within = {
      left,
      right: left + panel.width,
      top: top + map.top,
      bottom: top + map.top + map.height,
    };
    const place = placePlane(plane, within, { share: planeShare(plane) });
    const { xs, ys } = plane;
    const values = sliceSurface(plane.result, state.quantity)!;
    drawFilledContours(own, place.box, { values, xs, ys, x: place.x, y: place.y }, scale);
    const { under, selected } = marksOfStudy(plane, state.selected, true);
    for (const bundle of [...under, ...(selected ? [selected] : [])])
      drawTracks(own, bundle, { plane, place, until: state.until });
    const reach = formatNumber(extentOf(plane));
    writeText(own, {
      x: left,
      y: place.box.bottom + 16,
      text: `${reach} ${plane.result.orthonormal ? 'wide' : 'norms wide'}`,
      style: 'muted small',
    });
    const factor = Math.exp(plane.result.fidelity.logRatio.median);
    writeText(own, {
      x: left,
      y: place.box.bottom + 31,
      text: factor < 1.005 ? 'exact at its marks' : `off ×${formatNumber(factor)} at its marks`,
      style: 'muted small',
    });
  }
  const { quantity } = state;
  drawColourBar(group, {
    x: 2,
    y: layout.legendTop,
    width: Math.min(360, columns * (panel.width + panel.gap) - 30),
    title: legendTitle(quantity, scale, unit),
    scale,
    format: quantity === 'accuracy' ? formatPercent : formatNumber,
  });
}
