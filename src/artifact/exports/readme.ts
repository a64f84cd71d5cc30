// The note that lies on top of everything taken away: what is what, and how to use it.
import { exportGroups, exportName, needsLandscape, startFile } from './catalogue.ts';
import { oneLine } from './plain-text.ts';
import { csvName } from './experiment-file.ts';
import { shapeOf, trainedSoFar, type ExportedRun } from './exported-run.ts';

const width = 78;

/** @param network whose weights stand in the files of one network. @param address of the laboratory. */
export function readme(run: ExportedRun, network: number, address: string | null): string {
  const { experiment, history, data, landscapeInPlane, provider } = run;
  const title = oneLine(experiment.title) || experiment.name;
  const sections = [
    heading(`Loss Atlas: ${title}`),
    paragraph(
      `${history.networks} networks with layers ${shapeOf(run).sizes.join('-')} (${experiment.activation}), ` +
        `trained on ${data.train.count} samples of "${dataInWords(run)}"` +
        `${data.test.count > 0 ? `, tested on ${data.test.count} others` : ''}. ${howFar(run)} ` +
        `Computed on ${provider}.${address === null ? '' : ` From ${address}`}`,
    ),
    ...exportGroups.map(({ title: group, kinds }) =>
      [
        group,
        ...kinds
          .filter(({ key }) => landscapeInPlane || !needsLandscape.has(key))
          .map(({ key, purpose }) => entry(exportName(key, network), purpose)),
        ...(group === 'The experiment' ? besides(run) : []),
      ].join('\n'),
    ),
    heading('To train the same networks again'),
    paragraph(
      'With a copy of the Loss Atlas project (Node 20 or later, npm ci once), in this folder:',
    ),
    '    npx --prefix PATH/TO/loss-atlas atlas run experiment.json --out artifacts',
    paragraph(
      'The first weights are the same to the last bit. The last ones differ by rounding, since every machine adds up 32-bit numbers in an order of its own.',
    ),
    heading('To go on in Python'),
    '    python3 -m pip install numpy torch matplotlib\n    python3 loss_atlas.py',
    paragraph(
      'The script ends with status 0 if PyTorch agrees with every number here. The notebook is the same, cell by cell.',
    ),
    heading('How weights lie'),
    paragraph(
      'A network is a flat vector of 32-bit numbers: for each layer W (inputs by outputs, row by row), then b, and a layer computes x @ W + b. The .safetensors files say in their metadata which numbers are which layer.',
    ),
    paragraph(
      `Networks are counted from 0. ${exportName('onnx', network)} and ${exportName('state-dict', network)} hold network ${network}.`,
    ),
  ];
  return `${sections.join('\n\n')}\n`;
}

const dataInWords = (run: ExportedRun): string =>
  csvName(run.experiment) ?? run.experiment.data.kind;

function howFar(run: ExportedRun): string {
  const { steps, totalSteps, epochs, isComplete } = trainedSoFar(run);
  if (isComplete) return `Trained to the end, ${steps} steps.`;
  const whole = Number.isInteger(epochs) && steps > 0;
  return whole
    ? `Stopped after ${steps} of ${totalSteps} steps; experiment.json asks for these ${epochs} epochs.`
    : `Stopped after ${steps} of ${totalSteps} steps, not at the end of an epoch; experiment.json trains to the end.`;
}

function besides(run: ExportedRun): string[] {
  const csv = csvName(run.experiment);
  return [
    ...(csv === null ? [] : [entry(csv, 'Your data, which experiment.json reads.')]),
    ...(run.startWeights
      ? [entry(startFile, 'The weights with which training began, which experiment.json reads.')]
      : []),
  ];
}

const heading = (text: string): string => `${text}\n${'='.repeat(Math.min(width, text.length))}`;

const paragraph = (text: string): string => wrap(text, width).join('\n');

const entry = (name: string, purpose: string): string =>
  [`  ${name}`, ...wrap(purpose, width - 6).map((line) => `      ${line}`)].join('\n');

function wrap(text: string, most: number): string[] {
  const made: string[] = [];
  for (const word of text.split(/\s+/)) {
    const longer = made.length > 0 ? `${made.at(-1)} ${word}` : word;
    if (made.length > 0 && longer.length <= most) made[made.length - 1] = longer;
    else made.push(word);
  }
  return made;
}
