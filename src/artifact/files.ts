// Which file of an artifact holds what.

/** Complete, in 32 bits, for those who compute on. */
export const fullFiles = {
  weights: 'weights.safetensors',
  training: 'training.safetensors',
  landscape: 'landscape.safetensors',
} as const;

/** Small, quantised and gzipped, for the page; a figure asks for the parts that it draws. */
export const displayFiles = {
  data: 'display/data.safetensors.gz',
  curves: 'display/curves.safetensors.gz',
  boundaries: 'display/boundaries.safetensors.gz',
  landscape: 'display/landscape.safetensors.gz',
} as const;

export const manifestFile = 'manifest.json';

export type DisplayPart = keyof typeof displayFiles;
export const displayParts = Object.keys(displayFiles) as DisplayPart[];

/** One sentence a file, for `atlas inspect`. */
export const filePurposes: Readonly<Record<string, string>> = {
  [fullFiles.weights]: 'all weights: initial, final and every snapshot',
  [fullFiles.training]: 'losses, accuracies and gradient norms at every record',
  [fullFiles.landscape]: 'the plane, its surfaces, and every snapshot on it',
  [displayFiles.data]: 'samples, for figures',
  [displayFiles.curves]: 'curves, for figures',
  [displayFiles.boundaries]: 'decision boundaries, for figures',
  [displayFiles.landscape]: 'landscape, for figures',
};
