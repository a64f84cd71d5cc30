// The numbers behind the pictures of a run's landscape, and what a reader may change in them.
import type { RunDisplay } from '../../artifact/display.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';

const columnsOf = (unit: string): FigureTable['columns'] => [
  { name: 'Network' },
  { name: 'Step' },
  { name: 'First coordinate on the plane' },
  { name: 'Second coordinate on the plane' },
  { name: 'Distance off the plane' },
  { name: 'Own training loss', unit },
  { name: 'Training loss under its shadow', unit },
];

/** Every network at one snapshot (null: the last): where its shadow falls, and both losses. */
export function landscapeTable(run: RunDisplay, until: number | null): FigureTable {
  const columns = columnsOf(run.experiment.loss === 'cross-entropy' ? 'nats' : 'squared error');
  const { landscape } = run;
  if (landscape === null) return { columns, rows: [] };
  const { coordinates, offPlane, trueLoss, planeLoss, snapshotSteps } = landscape;
  const networks = trueLoss.length / snapshotSteps.length;
  const s = Math.floor(Math.min(until ?? Infinity, snapshotSteps.length - 1));
  const rows = Array.from({ length: networks }, (_, n) => {
    const i = s * networks + n;
    return [
      n,
      snapshotSteps[s]!,
      coordinates[2 * i]!,
      coordinates[2 * i + 1]!,
      offPlane[i]!,
      trueLoss[i]!,
      planeLoss[i]!,
    ];
  });
  return { columns, rows };
}

const names = {
  loss: 'training loss',
  testLoss: 'test loss',
  accuracy: 'training accuracy',
} as const;

/** What is drawn on the plane, where there is a choice, and how far training has come. */
export function landscapeControls({ landscape }: RunDisplay): FigureControl[] {
  if (landscape === null) return [];
  const quantities = (['loss', 'testLoss', 'accuracy'] as const).filter(
    (quantity) => landscape[quantity] !== null,
  );
  const play: FigureControl = {
    key: 'until',
    name: 'Training',
    kind: 'play',
    options: Array.from(landscape.snapshotSteps, (step, value) => ({
      value,
      text: `step ${step}`,
    })),
  };
  if (quantities.length < 2) return [play];
  const options = quantities.map((value) => ({ value, text: names[value] }));
  return [play, { key: 'quantity', name: 'Draw', kind: 'choice', options }];
}
