// The fall: fifty networks climb the drawn ground while they learn, the ground turns to glass, and they drop to their own losses.
import type { RunDisplay } from '../../artifact/display.ts';
import { figureOf } from '../kit/define-figure.ts';
import type { FigureControl } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { fallBeats, fallSeconds } from './fall-clock.ts';
import { fallRanges } from './fall-frame.ts';
import { fallModel, type FallModel } from './fall-model.ts';
import { fallState, type FallState } from './fall-state.ts';
import { openFall } from './fall-view.ts';

function describe(model: FallModel, { at, selected }: FallState): string {
  const { plane, own } = fallRanges(model);
  const count = model.networks.length;
  const range = ([low, high]: readonly [number, number]): string =>
    `${formatNumber(low)} to ${formatNumber(high)}`;
  const picked = model.networks.find(({ network }) => network === selected);
  const beat = fallBeats.findLast(({ from }) => at >= from)!.name;
  const shown = {
    start: `${count} networks stand near its middle, not yet trained.`,
    learn: `${count} networks learn, and their shadows climb it.`,
    wonder: `${count} networks have learned: their shadows have climbed to losses of ${range(plane)}.`,
    drop: `The ground has turned to glass, and the ${count} drop to their own losses.`,
    rest: `The shadows of the ${count} trained networks stand at losses of ${range(plane)}; below each hangs the network at its own loss, ${range(own)}.`,
  }[beat];
  const one = picked
    ? ` Network ${picked.network}: ${formatNumber(picked.planeLoss)} on the map, ${formatNumber(picked.ownLoss)} in truth, ${formatNumber(picked.offPlane)} away from the plane.`
    : '';
  return `The training loss on a plane through weight space, as a ground in relief; height is the logarithm of the loss. ${shown}${one}`;
}

/** Tenths of a second. */
const moments = Array.from({ length: 10 * fallSeconds + 1 }, (_, k) => k / (10 * fallSeconds));

const controls: readonly FigureControl[] = [
  {
    key: 'at',
    name: 'Time',
    kind: 'play',
    options: moments.map((at) => ({ value: at, text: `${(at * fallSeconds).toFixed(1)} s` })),
  },
];

export const theFall = figureOf<RunDisplay, FallState, FallModel>(
  {
    name: 'the-fall',
    state: fallState,
    height: (width) => Math.round(width < 560 ? 1.1 * width : Math.max(380, 0.56 * width)),
    view: (run) => fallModel(run),
    describe,
    controls: () => controls,
    table: ({ networks }) => ({
      columns: [
        { name: 'network' },
        { name: 'loss of its shadow on the plane', unit: 'nats' },
        { name: 'own loss', unit: 'nats' },
        { name: 'distance from the plane' },
      ],
      rows: networks.map(({ network, planeLoss, ownLoss, offPlane }) => [
        network,
        planeLoss,
        ownLoss,
        offPlane,
      ]),
    }),
  },
  (...given) => openFall(describe, ...given),
);
