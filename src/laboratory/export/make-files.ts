// Makes the files of an export: the heavy part of that section, loaded when the first one is asked for.
import { bundle, bundleName, zipped } from '../../artifact/exports/bundle.ts';
import { exportName, type ExportKey } from '../../artifact/exports/catalogue.ts';
import { exportContent, filesBeside } from '../../artifact/exports/export-files.ts';
import { experimentFile } from '../../artifact/exports/experiment-file.ts';
import { networkOnnx } from '../../artifact/exports/network-onnx.ts';
import { agreementInWords, onnxCheckOf } from '../../artifact/exports/verify-onnx.ts';
import { checkInWorker } from '../../worker/onnx-check/onnx-check-client.ts';
import { AnalysisClient } from '../../worker/analysis/analysis-client.ts';
import type { LabRun } from '../lab-run.ts';
import { subjectOf, type ReadyRun } from '../panels/analysis-subject.ts';
import { exportedRunOf } from './exported-run-of.ts';
import { saveFile } from '../../elements/save-file.ts';

export type OnProgress = (share: number | null, doing: string) => void;

/**
 * The landscape of the run as it is now, computed where no panel has; null where the reader ended it.
 * @throws Error, one sentence, where it cannot be computed.
 */
export async function landscapeOf(
  run: ReadyRun,
  known: LabRun['landscapeInPlane'],
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<LabRun['landscapeInPlane']> {
  const { landscapeInPlane } = exportedRunOf(run, known);
  if (landscapeInPlane || signal.aborted) return landscapeInPlane;
  const analyses = new AnalysisClient();
  try {
    const outcome = await analyses.ask(
      { kind: 'landscape', subject: subjectOf(run) },
      'auto',
      ({ share, doing }) => onProgress(share, `Landscape: ${doing}`),
      signal,
    );
    if (outcome.kind === 'failed') throw new Error(outcome.failure.sentence);
    return outcome.kind === 'answered' && outcome.answer.kind === 'landscape'
      ? outcome.answer
      : null;
  } finally {
    analyses.dispose();
  }
}

export interface Made {
  readonly name: string;
  readonly bytes: number;
}

/** Saves one file; null where it needs a landscape and there is none. */
export async function makeFile(
  key: ExportKey,
  run: ReadyRun,
  landscapeInPlane: LabRun['landscapeInPlane'],
  network: number,
): Promise<Made | null> {
  const exported = exportedRunOf(run, landscapeInPlane);
  const beside = key === 'experiment' ? filesBeside(exported) : [];
  // The settings alone would not run: they come in a zip with what they read.
  if (beside.length > 0) {
    const folder = `${bundleName(exported.experiment.name)}-settings`;
    const settings = { name: exportName(key, network), make: () => experimentFile(exported) };
    return saved(await zipped([settings, ...beside], { folder }), `${folder}.zip`);
  }
  const content = exportContent(key, exported, network);
  return content === null ? null : saved([content], exportName(key, network));
}

const saved = (parts: readonly BlobPart[], name: string): Made => ({
  name,
  bytes: saveFile(parts, name).size,
});

/** Saves everything as one zip; null where the reader ended it. */
export async function makeBundle(
  run: ReadyRun,
  landscapeInPlane: LabRun['landscapeInPlane'],
  network: number,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Made | null> {
  const exported = exportedRunOf(run, landscapeInPlane);
  const folder = bundleName(exported.experiment.name);
  try {
    const parts = await bundle(exported, {
      network,
      folder,
      address: location.href.replace(/#.*$/, ''),
      signal,
      onProgress,
      breathe,
    });
    return saved(parts, `${folder}.zip`);
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

/** Whether ONNX Runtime opens the exported network and answers as our graph does: one sentence. */
export async function checkNetwork(run: ReadyRun, network: number): Promise<string> {
  const exported = exportedRunOf(run, null);
  const bytes = networkOnnx(exported, network);
  const outcome = await checkInWorker(onnxCheckOf(exported, network, bytes));
  return outcome.kind === 'failed' ? outcome.sentence : agreementInWords(outcome.agreement);
}

/** Lets the page draw between two pieces of work. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
