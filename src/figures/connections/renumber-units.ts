// Two networks mixed weight by weight: halfway the boundary dissolves, unless the units of one are renumbered first.
import type { StudyDisplay } from '../../artifact/display.ts';
import { defineFigure } from '../kit/define-figure.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import { scoreOf } from '../boundaries/one-layer-network.ts';
import {
  mixtureOf,
  renumberUnitsState,
  viewOfRenumbering,
  type Numbering,
  type RenumberUnitsState,
  type RenumberUnitsView,
} from './renumber-units-data.ts';
import { renumberUnitsLayers } from './renumber-units-layers.ts';
import { numberingsOf, placeRenumbering, renumberUnitsHeight } from './renumber-units-scene.ts';

export type { RenumberUnitsState } from './renumber-units-data.ts';

/** Stops of the slider. */
const shares = Array.from({ length: 41 }, (_, stop) => stop / 40);

function describe({ pair, points }: RenumberUnitsView, state: RenumberUnitsState): string {
  const { share } = state;
  const said = (numbering: Numbering): string => {
    const { loss, accuracy } = scoreOf(mixtureOf(pair, numbering, share), points);
    const name = numbering === 'asTrained' ? 'as trained' : 'with its units renumbered';
    return `with B ${name} the loss is ${formatNumber(loss)} and ${formatPercent(accuracy)} of the points are right`;
  };
  const { answers, largest } = pair.change;
  return (
    `Networks ${pair.a} (A) and ${pair.b} (B) mixed weight by weight, ${formatPercent(Math.min(1, share))} of B: ${numberingsOf(state).map(said).join('; ')}. ` +
    `Bars stand for the hidden units, coloured by their direction. Renumbering them changes ${answers} of B's ${points.labels.length} answers and no output by more than ${formatNumber(largest)}.`
  );
}

function table({ pair }: RenumberUnitsView): FigureTable {
  const { asTrained, renumbered } = pair.losses;
  return {
    columns: [
      { name: `Share of network ${pair.b}` },
      { name: 'Training loss, as trained', unit: 'nats' },
      { name: 'Training loss, renumbered', unit: 'nats' },
    ],
    rows: Array.from(asTrained, (loss, t) => [t / (asTrained.length - 1), loss, renumbered[t]!]),
  };
}

/** Units move where only their numbering changes; the mixture slides where its share does, and slides first. */
function between(
  from: RenumberUnitsState,
  to: RenumberUnitsState,
  t: number,
): RenumberUnitsState | null {
  if (from.a !== to.a || from.b !== to.b) return null;
  const slides = from.share !== to.share;
  const moves = from.units !== to.units && from.units !== 'both' && to.units !== 'both';
  if (!moves) return slides ? slid(from, to, t) : null;
  const first = slides ? 0.4 : 0;
  if (t < first) return slid(from, { ...from, share: to.share }, t / first);
  const way = (t - first) / (1 - first);
  return { ...from, share: to.share, moved: to.units === 'renumbered' ? way : 1 - way };
}

const slid = (from: RenumberUnitsState, to: RenumberUnitsState, t: number): RenumberUnitsState => ({
  ...to,
  share: from.share + t * (to.share - from.share),
});

function controls(data: StudyDisplay): FigureControl[] {
  const view = viewOfRenumbering(data, { a: 0, b: 1 });
  if (typeof view === 'string') return [];
  const networks = view.result.networks.map((value) => ({ value, text: `${value}` }));
  return [
    {
      key: 'share',
      name: 'From A to B',
      kind: 'play',
      options: shares.map((value) => ({ value, text: formatPercent(value) })),
    },
    {
      key: 'units',
      name: 'B’s units',
      kind: 'choice',
      options: [
        { value: 'asTrained', text: 'as trained' },
        { value: 'renumbered', text: 'renumbered' },
        { value: 'both', text: 'both' },
      ],
    },
    { key: 'a', name: 'Network A', kind: 'choice', options: networks },
    { key: 'b', name: 'B', kind: 'choice', options: networks },
  ];
}

export const renumberUnits = defineFigure({
  name: 'renumber-units',
  state: renumberUnitsState,
  height: renumberUnitsHeight,
  view: viewOfRenumbering,
  scene: placeRenumbering,
  layers: renumberUnitsLayers,
  between,
  describe,
  table,
  controls,
});
