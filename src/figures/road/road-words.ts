// The road in words and numbers, how far it can be trusted, and what a reader may change.
import type { StudyDisplay } from '../../artifact/display.ts';
import { estimateText } from '../kit/estimate-text.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber, formatShare } from '../kit/format.ts';
import {
  lastMoment,
  momentName,
  momentOf,
  roadOf,
  wayfarersAt,
  type Road,
  type RoadState,
} from './road-data.ts';

const meanOff = (road: Road, moment: number): number => {
  const all = wayfarersAt(road, moment);
  return all.reduce((sum, { off }) => sum + off, 0) / all.length;
};

export function describeRoad(road: Road, state: RoadState): string {
  const { networks, aligned, predictions, epochs } = road.result;
  const moment = momentOf(road, state);
  return (
    `${networks.length} trained networks beside one road through weight space, ${momentName(road, moment)}. ` +
    `On average they lie ${formatNumber(meanOff(road, 0))} off it as trained, ${formatNumber(meanOff(road, road.stops - 1))} renumbered, and ${formatNumber(meanOff(road, lastMoment(road)))} after ${epochs.longer} epochs. ` +
    `Renumbered, their place along it goes with their training loss: rank correlation ${estimateText(aligned.loss)}. By their answers alone it is ${estimateText(predictions.loss)}. ` +
    `From ${epochs.shorter} to ${epochs.longer} epochs ${formatShare(aligned.movedOn.value)} of them move on along the road.`
  );
}

export function tableOfRoad(road: Road): FigureTable {
  const { result, stops } = road;
  const weight = 'weight distance';
  return {
    columns: [
      { name: 'network' },
      { name: `training loss, ${result.epochs.shorter} epochs`, unit: 'nats' },
      { name: 'along the road', unit: weight },
      { name: 'off the road, as trained', unit: weight },
      { name: 'off the road, renumbered', unit: weight },
      { name: 'place by answers' },
      { name: `training loss, ${result.epochs.longer} epochs`, unit: 'nats' },
      { name: `along the road, ${result.epochs.longer} epochs`, unit: weight },
      { name: `off the road, ${result.epochs.longer} epochs`, unit: weight },
      { name: `place by answers, ${result.epochs.longer} epochs` },
    ],
    rows: result.networks.map((network, n) => {
      const [trained, renumbered, later] = [0, stops - 1, lastMoment(road)].map((moment) =>
        road.at(moment, n),
      );
      return [
        network,
        renumbered!.loss,
        renumbered!.along,
        trained!.off,
        renumbered!.off,
        renumbered!.answers,
        later!.loss,
        later!.along,
        later!.off,
        later!.answers,
      ];
    }),
  };
}

/** One slider over the whole story: units renumbered one by one, then more epochs. */
export function controlsOfRoad(data: StudyDisplay): readonly FigureControl[] {
  const road = roadOf(data);
  if (typeof road === 'string') return [];
  const { stops, trailEpochs } = road.result;
  const units = stops.at(-1);
  const renumbering = stops.map((count, value) => ({ value, text: `${count} of ${units} units` }));
  const training = trailEpochs.slice(1).map((epochs, t) => ({
    value: t === trailEpochs.length - 2 ? null : stops.length + t,
    text: `${formatNumber(epochs)} epochs`,
  }));
  return [
    { key: 'moment', name: 'Renumber', kind: 'play', options: [...renumbering, ...training] },
  ];
}

export function fidelityOfRoad({ result }: Road): readonly string[] {
  const { aligned, raw, starts, length, networks } = result;
  return [
    `The road is the first principal component of the renumbered weights: ${formatShare(aligned.explained)} of their spread, while weights dealt out at random among the networks give ${formatShare(aligned.chance.mean)}, the networks as trained ${formatShare(raw.explained)}, and their untrained starts, renumbered alike, ${formatShare(starts.explained)}.`,
    `Places along the road and distances from it are exact, in all ${formatNumber(aligned.dimensions)} directions; the two have scales of their own. On which side of the road a dot lies is read off the second component against the third and fourth; while units are renumbered it is held.`,
    `Every stop of the renumbering is ${networks.length} real networks whose answers have not changed. Network ${networks[0]} was the first measure of the others, and hardly moves.`,
    `The length of a network's weights alone goes with its loss as closely (rank correlation ${estimateText(length.loss)}).`,
  ];
}
