// The storage section alone, with a store and a run of the tests' making, as the laboratory puts them together.
/// <reference types="vite/client" />
import '../../../../src/styles/theme.css';
import '../../../../src/styles/base.css';
import '../../../../src/styles/figures.css';
import '../../../../src/laboratory/storage/storage.css';
import source from '../../../../src/components/laboratory/LabStorage.astro?raw';
import type { LabRun } from '../../../../src/laboratory/lab-run.ts';
import { keepDraftRun } from '../../../../src/laboratory/storage/stored-draft.ts';
import { decodeLink } from '../../../../src/laboratory/storage/lab-link.ts';
import { encodeLabFile } from '../../../../src/laboratory/storage/lab-file.ts';
import { readAddress, writeAddress } from '../../../../src/laboratory/storage/open-address.ts';
import { fileOf, runSummary } from '../../../../src/laboratory/storage/saved-experiments.ts';
import {
  StorageSection,
  type OpenedExperiment,
} from '../../../../src/laboratory/storage/storage-section.ts';
import { standardState } from '../../../../src/laboratory/storage/standard-state.ts';
import { encodeTrainingFile } from '../../../fixtures/encode-training-file.ts';
import { LabStore } from '../../../../src/laboratory/lab-store.ts';
import { training } from '../../../unit/laboratory/storage/a-training.ts';
import type { KeepFunctions } from '../../lab-keep-page.ts';

const link = readAddress(location);
const first = link === null ? null : await decodeLink(link);
const store = new LabStore(first?.state ?? standardState());
const said: string[] = [...(first?.problems ?? [])];
const opened: OpenedExperiment[] = [];
let run: LabRun | null = null;

// The component is plain HTML below its fence.
document.querySelector('main')!.innerHTML = source.split('---').slice(2).join('---');
const section = new StorageSection(document.querySelector('[data-lab="storage"]')!, {
  store,
  runs: () => (run ? [run] : []),
  onOpen(experiment) {
    opened.push(experiment);
    store.change(experiment.state);
    if (experiment.training) become(experiment);
  },
  say: (sentence) => said.push(sentence),
});
store.listen((state) => writeAddress(state));

function become({ training, csv, startWeights }: Omit<OpenedExperiment, 'state'>): void {
  run = {
    key: 'a',
    title: 'A',
    display: null,
    training,
    csv,
    startWeights,
    landscapeInPlane: null,
  };
}

/** The run of the tests at this step, which its curves have reached too. */
function trainingAt(step: number) {
  const { state, history } = training;
  const { curves } = history;
  const steps = Int32Array.of(0, 1, step);
  const reached = { ...curves, steps, epochs: Float32Array.from(steps) };
  const kept = { ...history, curves: reached, snapshotSteps: Int32Array.of(0, 1) };
  return { ...training, state: { ...state, step }, history: kept };
}

/** From now on, no transaction that puts away a run comes to its end. @param held once one has done all of its work but that. */
function holdWrites(held: () => void): void {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...args) {
    const request = put.apply(this, args);
    let asked = 0;
    const ask = (): void => {
      this.get('nothing').onsuccess = ask;
      if (++asked === 20) held();
    };
    if (this.name === 'draft-contents') ask();
    return request;
  };
}

/** Text that no database makes smaller. */
function noise(characters: number): string {
  const bytes = new Uint8Array(characters);
  for (let at = 0; at < bytes.length; at += 65_536)
    crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return Array.from(bytes, (byte) => String.fromCharCode(33 + (byte % 90))).join('');
}

const functions: KeepFunctions = {
  seed: () => store.state.experiment.seed,
  said: () => said,
  step: () => run?.training?.state.step ?? null,
  isRunAt(step) {
    const found = run?.training;
    const [a, b] = [found, trainingAt(step)].map((saved) => saved && encodeTrainingFile(saved));
    return a !== undefined && String(a) === String(b);
  },
  openedCsv: () => opened.at(-1)?.csv ?? null,
  setSeed: (seed) => store.change({ experiment: { ...store.state.experiment, seed } }),
  drawPoints(count) {
    const points = Array.from({ length: count }, (_, i): [number, number, number] => [
      Math.sin(i * 12.9898) * 4,
      Math.cos(i * 78.233) * 4,
      i % 2,
    ]);
    store.change({ experiment: { ...store.state.experiment, data: { kind: 'points', points } } });
  },
  train(step, csvCharacters = 0) {
    const csv = csvCharacters > 0 ? noise(csvCharacters) : null;
    become({ training: trainingAt(step), csv, startWeights: null });
    section.keepDraft();
  },
  async keepDraftAndLeave(tab, step, csvCharacters) {
    const at = trainingAt(step);
    const csv = noise(csvCharacters);
    const file = await fileOf('', { state: store.state, csv, startWeights: null, training: at });
    const contents = { run: runSummary(at)!, file: encodeLabFile(file) };
    await keepDraftRun(tab, file.link, contents);
    const later = { run: runSummary(trainingAt(step + 1))!, file: contents.file };
    await new Promise<void>((resolve) => {
      holdWrites(resolve);
      void keepDraftRun(tab, 'v1.half-written', later);
    });
    location.reload();
  },
};
Object.assign(globalThis, { keeping: functions });
