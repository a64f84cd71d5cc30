// The loss of each marked network beside the loss that the slice shows under it: what a map cannot say by itself.
import { scaleLinear, scaleLog } from 'd3';
import { drawAxes, logarithmicTicks, type Box } from '../kit/axes.ts';
import { formatNumber } from '../kit/format.ts';
import { writeText } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { drawEnd } from '../kit/marks.ts';
import { linePath, type Point } from '../kit/path.ts';
import type { Track } from './plane.ts';
import { rowAt, type NamedSlice } from './slice-planes.ts';
import type { Group } from '../kit/stage.ts';

export interface LossesOptions {
  readonly box: Box;
  readonly slice: NamedSlice;
  readonly until: number | null;
  readonly selected: number | null;
  readonly unit: string;
}

/** An exact zero has no place on a logarithmic axis. */
const deepestShare = 1e-8;

/** The axis spans at least this factor. */
const leastFactor = 6;

function domainOf({ result: { markers } }: NamedSlice): [number, number] {
  const positive = [...markers.trueLoss.values, ...markers.sliceLoss.values].filter(
    (value) => Number.isFinite(value) && value > 0,
  );
  if (positive.length === 0) return [0.1, 1];
  const high = Math.max(...positive);
  const low = Math.max(Math.min(...positive), high * deepestShare);
  // Losses that are all alike are drawn as such, not spread over the whole height.
  const room = Math.max(1.25, Math.sqrt(leastFactor / (high / low)));
  return [low / room, high * room];
}

export function drawSliceLosses(group: Group, options: LossesOptions): void {
  const { box, slice, unit } = options;
  const domain = domainOf(slice);
  const y = scaleLog(domain, [box.bottom, box.top]);
  const isWalk = slice.tracks.some(({ rows }) => rows.length > 1);
  const { step } = slice.result.markers;
  const lastStep = step.values.reduce((a, b) => Math.max(a, b), 0);
  const tracks = isWalk ? slice.tracks : byOwnLoss(slice);
  const x = isWalk
    ? scaleLinear([0, lastStep], [box.left + 4, box.right])
    : scaleLinear([-0.5, tracks.length - 0.5], [box.left, box.right]);
  // The y axis's name stands at the left edge of its group, which here is not that of the picture.
  const shift = box.left - 40;
  const axes = group.append('g').attr('transform', `translate(${shift.toFixed(1)},0)`);
  drawAxes(axes, {
    box: { ...box, left: 40, right: box.right - shift },
    x: x.copy().range(x.range().map((at) => at - shift)),
    y,
    xTicks: isWalk ? x.ticks(Math.max(2, Math.floor((box.right - box.left) / 70))) : [],
    yTicks: logarithmicTicks(domain, Math.max(2, Math.floor((box.bottom - box.top) / 26))),
    xFormat: formatNumber,
    yFormat: formatNumber,
    xName: '',
    yName: '',
  });
  writeText(axes, {
    x: 2,
    y: box.top - 28,
    text: `Training loss (${unit}; log scale)`,
    style: 'axis-name',
  });
  drawKeys(axes, {
    x: 2,
    y: box.top - 10,
    width: box.right - shift,
    keys: isWalk
      ? [
          {
            mark: 'line',
            text: 'its own',
            ...(tracks.length === 1 ? { colour: tracks[0]!.colour } : {}),
          },
          { mark: 'reference', text: 'ground below' },
        ]
      : [
          { mark: 'dot', text: 'its own' },
          { mark: 'line', text: 'ground below' },
        ],
  });
  writeText(group, {
    x: (box.left + box.right) / 2,
    y: box.bottom + (isWalk ? 33 : 18),
    text: isWalk
      ? 'Optimiser step'
      : tracks.length > 6
        ? 'Networks, by their own loss'
        : 'Networks',
    anchor: 'middle',
    style: 'axis-name',
  });
  const at = (value: number): number => y(Math.max(value, domain[0]));
  if (isWalk) drawWalks(group, options, (value) => x(value), at);
  else drawPairs(group, options, tracks, (place) => x(place), at);
}

function byOwnLoss({ tracks, result }: NamedSlice): Track[] {
  const own = ({ rows }: Track): number => result.markers.trueLoss.values[rows.at(-1)!]!;
  return tracks.length > 6 ? [...tracks].sort((a, b) => own(a) - own(b)) : [...tracks];
}

/** Own losses as lines, the ground under the shadows dashed; where one network walks, the gap between is filled. */
function drawWalks(
  group: Group,
  { slice, until, selected }: LossesOptions,
  x: (step: number) => number,
  y: (loss: number) => number,
): void {
  const { step, trueLoss, sliceLoss } = slice.result.markers;
  const place = (row: number, losses: Float32Array): Point => [
    x(step.values[row]!),
    y(losses[row]!),
  ];
  const alone = slice.tracks.length === 1 || slice.tracks.some((t) => t.network === selected);
  for (const track of slice.tracks) {
    const isFaint = alone && slice.tracks.length > 1 && track.network !== selected;
    const own = track.rows.map((row) => place(row, trueLoss.values));
    const ground = track.rows.map((row) => place(row, sliceLoss.values));
    if (isFaint) {
      group
        .append('path')
        .attr('class', 'line')
        .attr('stroke', track.colour)
        .attr('opacity', 0.35)
        .attr('d', linePath(own));
      continue;
    }
    if (alone)
      group
        .append('path')
        .attr('class', 'slice-gap')
        .attr('d', linePath([...own, ...[...ground].reverse()], { closed: true }));
    group
      .append('path')
      .attr('class', 'line')
      .attr('stroke', track.colour)
      .attr('stroke-width', 2)
      .attr('d', linePath(own));
    group.append('path').attr('class', 'slice-ground').attr('d', linePath(ground));
    const row = rowAt(track, until);
    const [here, below] = [place(row, trueLoss.values), place(row, sliceLoss.values)];
    if (!here.every(Number.isFinite)) continue;
    group
      .append('path')
      .attr('class', 'line ink')
      .attr('d', linePath([here, below]));
    drawEnd(group, here, track.colour, 4).attr('class', 'outlined').attr('stroke-width', 1);
  }
}

/** A dot at each network's own loss, joined to a bar at the ground under its shadow. */
function drawPairs(
  group: Group,
  { slice, selected, box }: LossesOptions,
  tracks: readonly Track[],
  x: (place: number) => number,
  y: (loss: number) => number,
): void {
  const { trueLoss, sliceLoss } = slice.result.markers;
  const room = (box.right - box.left) / tracks.length;
  const half = Math.max(1.5, Math.min(7, room * 0.4));
  const hasChosen = tracks.some(({ network }) => network === selected);
  for (const [place, track] of tracks.entries()) {
    const row = track.rows.at(-1)!;
    const [own, ground] = [y(trueLoss.values[row]!), y(sliceLoss.values[row]!)];
    if (!Number.isFinite(own)) continue;
    const px = x(place);
    const chosen = track.network === selected;
    const one = group.append('g').attr('opacity', hasChosen && !chosen ? 0.4 : null);
    one
      .append('path')
      .attr('class', 'line ink')
      .attr('stroke-width', 1)
      .attr('d', `M${px.toFixed(1)},${own.toFixed(1)}V${ground.toFixed(1)}m${-half},0h${2 * half}`);
    drawEnd(one, [px, own], track.colour, Math.max(2.2, Math.min(5, room * 0.4)));
    if (tracks.length <= 6)
      writeText(one, {
        x: px,
        y: box.bottom - 6,
        text: track.title,
        anchor: 'middle',
        style: 'muted small halo',
      });
  }
}
