// Where a rescaled network stands: the loss along one direction above, a row for each measure below.
import { scaleLinear, scaleLog } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import { lossUnit } from '../kit/setting-names.ts';
import type { Stage } from '../kit/stage.ts';
import { shownRow, type Rescaling, type RescalingState } from './rescaling-data.ts';

export type RescalingScene = ReturnType<typeof placeRescaling>;
export type Version = 'before' | 'after';

/** The loss of the m-th network at each distance. */
function lineOf({ result }: Rescaling, version: Version, m: number): Float32Array {
  const points = result.distance.values.length;
  const all = (version === 'before' ? result.lineBefore : result.lineAfter).values;
  return all.subarray(m * points, (m + 1) * points);
}

export function placeRescaling(
  rescaling: Rescaling,
  { data, state, width, height }: Stage<StudyDisplay, RescalingState>,
) {
  const { result, changes } = rescaling;
  const isNarrow = width < 520;
  const picked = shownRow(rescaling, state.selected);
  const network = result.networks[picked]!;
  const distance = result.distance.values;
  const lines = {
    before: lineOf(rescaling, 'before', picked),
    after: lineOf(rescaling, 'after', picked),
  };
  const rows = changes.length + 2;
  const rowHeight = isNarrow ? 19 : height < 500 ? 22 : 26;
  const measuresTop = height - rows * rowHeight - 44;
  const box: Box = {
    left: 54,
    right: width - 14,
    top: 30,
    bottom: (state.measures ? measuresTop : height + 16) - 62,
  };
  const measuresBox: Box = {
    left: isNarrow ? 136 : 196,
    right: width - 22,
    top: measuresTop,
    bottom: measuresTop + rows * rowHeight,
  };
  const both = [...result.lineBefore.values, ...result.lineAfter.values].filter(Number.isFinite);
  const isLog = state.scale === 'log';
  const domain: [number, number] = isLog
    ? [Math.min(...both) / 1.2, Math.max(...both) * 1.2]
    : [0, Math.max(...lines.before, ...lines.after) * 1.05];
  return {
    ...rescaling,
    data,
    state,
    isNarrow,
    isLog,
    unit: lossUnit(data.study),
    /** What axes and lines depend on. */
    ground: [data, state.scale, picked, state.measures] as const,
    /** Row of the drawn network. */
    picked,
    network,
    selected: state.selected === null ? null : network,
    distance,
    lines,
    box,
    domain,
    x: scaleLinear([distance[0]!, distance[distance.length - 1]!], [box.left, box.right]),
    y: (isLog ? scaleLog : scaleLinear)(domain, [box.bottom, box.top]),
    measuresBox,
    rowHeight,
    /** From a little under 1, which stands for no change, to a little over the largest factor. */
    factorX: scaleLog(
      [0.93, 1.1 * Math.max(...changes.flatMap(({ factors }) => factors))],
      [measuresBox.left, measuresBox.right],
    ),
  };
}
