// Where the files lie that a figure was drawn from, below public/data.
import { studyFolder } from '../artifact/study-files.ts';
import type { FigureSource } from './readers/figure-source.ts';

export const artifactFolder = ({ kind, name }: FigureSource): string =>
  kind === 'run' ? name : studyFolder(name);
