// What can be taken away from a run: names and purposes, without the code that makes the files.

export interface ExportKind {
  readonly key: ExportKey;
  readonly title: string;
  /** One sentence for the reader who wonders whether it is what they want. */
  readonly purpose: string;
}

export type ExportKey =
  | 'experiment'
  | 'onnx'
  | 'state-dict'
  | 'weights'
  | 'training'
  | 'landscape'
  | 'data'
  | 'curves'
  | 'statistics'
  | 'networks'
  | 'grid'
  | 'trajectories'
  | 'script'
  | 'notebook';

export interface ExportGroup {
  readonly title: string;
  readonly kinds: readonly ExportKind[];
}

/** In the order of the page and of the README. */
export const exportGroups: readonly ExportGroup[] = [
  {
    title: 'The experiment',
    kinds: [
      {
        key: 'experiment',
        title: 'Settings',
        purpose:
          'Only what differs from the standard settings; "npx atlas run experiment.json" trains the same networks again.',
      },
      {
        key: 'data',
        title: 'Samples',
        purpose: 'The points as the networks saw them: split into parts and normalised.',
      },
    ],
  },
  {
    title: 'The networks',
    kinds: [
      {
        key: 'onnx',
        title: 'One network as ONNX',
        purpose:
          'Takes raw features, answers with logits and probabilities; opens in ONNX Runtime, Netron and most other tools.',
      },
      {
        key: 'state-dict',
        title: 'One network for PyTorch',
        purpose: 'A state dict (0.weight, 0.bias, ...) to load into nn.Sequential.',
      },
      {
        key: 'weights',
        title: 'All weights',
        purpose: 'Every network at every snapshot, from the first weights to the last.',
      },
    ],
  },
  {
    title: 'What was measured',
    kinds: [
      {
        key: 'curves',
        title: 'Curves as CSV',
        purpose: 'Losses, accuracies and gradient norms: one line for each record of each network.',
      },
      {
        key: 'statistics',
        title: 'Statistics as CSV',
        purpose: 'Mean, median, spread and bootstrap intervals of where the networks ended.',
      },
      {
        key: 'networks',
        title: 'Outcomes as CSV',
        purpose: 'One line a network: converged, stuck or diverged, and its last losses.',
      },
      {
        key: 'training',
        title: 'Curves as tensors',
        purpose: 'The same curves in 32 bits, for numpy and the like.',
      },
    ],
  },
  {
    title: 'The landscape',
    kinds: [
      {
        key: 'landscape',
        title: 'Landscape as tensors',
        purpose: 'The plane through weight space, the loss on its grid, and every snapshot on it.',
      },
      {
        key: 'grid',
        title: 'Surface as CSV',
        purpose: 'One line a grid point: x, y, loss, test loss, accuracy.',
      },
      {
        key: 'trajectories',
        title: 'Trajectories as CSV',
        purpose: 'Where every snapshot of every network lies on the plane, and how far off it.',
      },
    ],
  },
  {
    title: 'To go on in Python',
    kinds: [
      {
        key: 'script',
        title: 'Python script',
        purpose:
          'Builds the networks in PyTorch, checks every number of this export, and draws the landscape. It reads the other files, so take everything.',
      },
      {
        key: 'notebook',
        title: 'Jupyter notebook',
        purpose: 'The same as the script, cell by cell, with explanations.',
      },
    ],
  },
];

export const exportKinds: readonly ExportKind[] = exportGroups.flatMap(({ kinds }) => kinds);

/** The kinds that need the landscape's plane. */
export const needsLandscape: ReadonlySet<ExportKey> = new Set<ExportKey>([
  'landscape',
  'grid',
  'trajectories',
]);

/** The kinds that hold one network alone. */
export const holdsOneNetwork: ReadonlySet<ExportKey> = new Set<ExportKey>(['onnx', 'state-dict']);

export const exportName = (key: ExportKey, network: number): string =>
  ({
    experiment: 'experiment.json',
    onnx: `network-${network}.onnx`,
    'state-dict': `network-${network}.safetensors`,
    weights: 'weights.safetensors',
    training: 'training.safetensors',
    landscape: 'landscape.safetensors',
    data: 'data.safetensors',
    curves: 'curves.csv',
    statistics: 'statistics.csv',
    networks: 'networks.csv',
    grid: 'grid.csv',
    trajectories: 'trajectories.csv',
    script: 'loss_atlas.py',
    notebook: 'loss_atlas.ipynb',
  })[key];

/** Where a run that began with given weights keeps them, in the tensor that `start` means unless it says another. */
export const startFile = 'start.safetensors';
export const startTensor = 'final';
export const readmeFile = 'README.txt';
