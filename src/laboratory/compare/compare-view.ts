// A against B: the settings that they do not share, and the statistics of how they ended.
import { formatNumber } from '../../figures/kit/format.ts';
import type { LabRun } from '../lab-run.ts';
import { runDifference, type Estimate, type QuantityDifference } from './run-difference.ts';
import { settingsDifference } from './settings-difference.ts';

export class CompareView {
  readonly #root: HTMLElement;
  #shown = '';

  /** @param root is hidden while there is nothing to compare. */
  constructor(root: HTMLElement) {
    this.#root = root;
  }

  async show(runs: readonly LabRun[]): Promise<void> {
    const [a, b] = [runs.find(({ key }) => key === 'a'), runs.find(({ key }) => key === 'b')];
    if (!a?.training || !b?.training) {
      this.#root.hidden = true;
      this.#shown = '';
      return;
    }
    // Bootstraps take a moment: only for runs that have gone on since.
    const state = [a, b].map(({ training }) => training!.state.step).join();
    const settings = JSON.stringify([a.training.experiment, b.training.experiment]);
    if (this.#shown === state + settings) return;
    this.#shown = state + settings;
    this.#root.hidden = false;
    this.#showSettings(a, b);
    const difference = await runDifference(a, b);
    if (!difference || this.#shown !== state + settings) return;
    this.#write('[data-pairing]', difference.pairing);
    const body = this.#root.querySelector('[data-differences] tbody')!;
    body.replaceChildren(...difference.quantities.map(rowOf));
  }

  #showSettings(a: LabRun, b: LabRun): void {
    const differences = settingsDifference(a.training!.experiment, b.training!.experiment);
    this.#write('[data-titles]', `${a.title}. ${b.title}.`);
    this.#write(
      '[data-same]',
      differences.length === 0 ? 'The two have the same settings.' : 'Settings that differ:',
    );
    const table = this.#root.querySelector<HTMLElement>('[data-settings]')!;
    table.hidden = differences.length === 0;
    table
      .querySelector('tbody')!
      .replaceChildren(
        ...differences.map(({ label, a: left, b: right }) => row(label, [left, right], true)),
      );
  }

  #write(selector: string, text: string): void {
    this.#root.querySelector(selector)!.textContent = text;
  }
}

function rowOf({ label, groups, pairs }: QuantityDifference): HTMLTableRowElement {
  const { a, b, meanDifference, hedgesG, cliffsDelta } = groups;
  const difference = pairs?.meanDifference ?? meanDifference;
  return row(label, [
    `${formatNumber(a.mean)}${missing(a.missing)}`,
    `${formatNumber(b.mean)}${missing(b.missing)}`,
    estimate(difference),
    estimate(hedgesG),
    estimate(cliffsDelta),
    pairs ? estimate(pairs.shareLarger) : 'not paired',
  ]);
}

const missing = (count: number): string => (count === 0 ? '' : ` (${count} diverged)`);

const estimate = ({ value, interval: [low, high] }: Estimate): string =>
  Number.isFinite(value)
    ? `${formatNumber(value)} (${formatNumber(low)} to ${formatNumber(high)})`
    : 'undefined';

function row(name: string, cells: readonly string[], isMarked = false): HTMLTableRowElement {
  const element = document.createElement('tr');
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = name;
  const parts = cells.map((text) => {
    const cell = document.createElement('td');
    const inner = isMarked ? document.createElement('mark') : cell;
    inner.textContent = text;
    if (isMarked) cell.append(inner);
    return cell;
  });
  element.append(head, ...parts);
  return element;
}
