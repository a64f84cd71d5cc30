// Readable names of what schemas call by short keys. What has a label in its schema keeps that one.

/** Names of options. */
export const optionNames: Readonly<Record<string, string>> = {
  moons: 'Two moons',
  circles: 'Circles',
  spirals: 'Spirals',
  xor: 'XOR',
  blobs: 'Gaussian blobs',
  digits: 'Handwritten digits (UCI)',
  'two-weights': 'Two weights, a · b = 1',
  csv: 'Your own CSV file',
  points: 'Points drawn by hand',
  sgd: 'Gradient descent (SGD)',
  momentum: 'SGD with momentum',
  nesterov: 'SGD with Nesterov momentum',
  rmsprop: 'RMSprop',
  adam: 'Adam',
  adamw: 'AdamW',
  constant: 'Constant',
  cosine: 'Cosine fall',
  step: 'In steps',
  relu: 'ReLU',
  gelu: 'GELU',
  tanh: 'tanh',
  'xavier-uniform': 'Xavier, uniform',
  'xavier-normal': 'Xavier, normal',
  'he-uniform': 'He, uniform',
  'he-normal': 'He, normal',
  'lecun-normal': 'LeCun, normal',
  'pytorch-default': 'As PyTorch does',
  normal: 'Normal',
  zeros: 'All zeros',
  'cross-entropy': 'Cross-entropy',
  'mean-squared-error': 'Mean squared error',
  pca: 'Principal components',
  weights: 'Weights',
  full: 'All points',
  auto: 'Automatic',
  true: 'Yes',
  false: 'No',
  filter: 'By filter',
  layer: 'By layer',
  none: 'None',
  zero: 'Leave alone',
  'as-weights': 'As weights',
  random: 'Random directions',
  'two-solutions': 'Through two solutions',
  'three-solutions': 'Through three solutions',
  hessian: 'Hessian eigenvectors',
  user: 'From a file',
  'all-runs': 'All snapshots',
  'one-run': 'One network’s snapshots',
  'final-weights': 'Where all ended',
  top: 'Largest',
  bottom: 'Smallest',
  'top-bottom': 'Largest and smallest',
  mean: 'Mean of all ends',
  bezier: 'Bézier curve',
  polygon: 'Polygon',
  aligned: 'Weights, aligned',
  predictions: 'Predictions',
  activations: 'Activations',
  'classical-scaling': 'Classical scaling',
  tsne: 't-SNE',
  umap: 'UMAP',
};

/** Names of settings that the schema leaves unnamed, by path or by last key. */
const settingNames: Readonly<Record<string, string>> = {
  data: 'Data set',
  'initialiser.kind': 'Initial weights',
  'initialiser.scale': 'Scale of initial weights',
  'schedule.factor': 'Factor',
  beta1: 'Beta 1',
  beta2: 'Beta 2',
  finalFraction: 'Final share of the rate',
  everyEpochs: 'Every so many epochs',
  path: 'File',
  points: 'Points',
};

/** Help for what the schema explains nowhere. */
const settingHelp: Readonly<Record<string, string>> = {
  testFraction: 'Points kept aside, which no network learns from.',
  normalise: 'Every feature with mean 0 and standard deviation 1.',
  seed: 'Data, split, first weights and batches follow from it, where they have no seed of their own.',
  weightDecay: 'How strongly weights are pulled towards zero.',
  name: 'Lower-case letters, digits and hyphens; files are called so.',
  smoothing: 'How slowly the mean square of the gradient forgets.',
  finalFraction: 'What is left of the learning rate at the end.',
};

/** Settings whose orders of magnitude matter more than their differences. */
const logarithmic: ReadonlySet<string> = new Set([
  'learningRate',
  'weightDecay',
  'epsilon',
  'lossBelow',
  'scale',
]);

/** What a number begins with where the schema leaves it open. */
const firstNumbers: Readonly<Record<string, number>> = { batchSize: 32, radius: 1 };

const lookUp = <T>(table: Readonly<Record<string, T>>, path: string): T | undefined =>
  Object.hasOwn(table, path) ? table[path] : table[path.slice(path.lastIndexOf('.') + 1)];

export const optionName = (value: string): string =>
  Object.hasOwn(optionNames, value) ? optionNames[value]! : value;

export const settingName = (path: string): string =>
  lookUp(settingNames, path) ?? separated(path.slice(path.lastIndexOf('.') + 1));

export const helpFor = (path: string): string => lookUp(settingHelp, path) ?? '';

export const firstNumber = (path: string): number | undefined => lookUp(firstNumbers, path);

export const isByMagnitude = (path: string): boolean =>
  logarithmic.has(path.slice(path.lastIndexOf('.') + 1));

/** "recordEvery" reads "Record every". */
function separated(key: string): string {
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/-/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
