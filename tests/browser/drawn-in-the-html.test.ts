// The built HTML, read without a browser: every figure is drawn, and shows what the artifact beside it says.
import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunDisplay } from '../../src/artifact/display.ts';
import { load as loadArtifact, runOf } from '../../src/artifact/load.ts';
import type { Manifest } from '../../src/artifact/manifest.ts';
import { builtChapters, builtPages, chapterPath } from './site.ts';
import { sitePaths } from './site-paths.ts';

/** Figures that draw ground, or networks on a plane. */
const landscapes =
  /^(landscape-|slice-(map|surface)|two-weights-(map|surface)|descent-paths|depth-convexity|radius-and-ruler|plane-fidelity)/;

const read = (path: string): Uint8Array => readFileSync(`${sitePaths.folder}/${path}`);
const documentOf = (path: string): Document =>
  parseHTML(new TextDecoder().decode(read(path.endsWith('.html') ? path : `${path}index.html`)))
    .document;
const load = async (name: string): Promise<RunDisplay> =>
  runOf(
    await loadArtifact(name, async (path) => read(`data/${path}`), [
      ...['data', 'curves', 'landscape', 'boundaries'],
    ]),
  );

const figuresOf = (document: Document, name: string, run: string): Element[] => [
  ...document.querySelectorAll(`atlas-figure[data-figure="${name}"][data-run="${run}"]`),
];
function oneFigure(chapter: string, name: string, run = 'fifty'): Element {
  const [figure] = figuresOf(documentOf(chapterPath(chapter)), name, run);
  if (!figure) throw new Error(`Chapter ${chapter} has no figure ${name} of ${run}.`);
  return figure;
}
const labelOf = (figure: Element): string =>
  figure.querySelector('svg')?.getAttribute('aria-label') ?? '';

let fifty: RunDisplay;
let digits: RunDisplay;
let networks: number;
beforeAll(async () => {
  [fifty, digits] = await Promise.all([load('fifty'), load('digits')]);
  networks = fifty.experiment.initialisations;
});

describe.each(builtPages())('every figure of /%s', (path) => {
  const figures = [...documentOf(path).querySelectorAll('figure.figure')];

  it('has marks, a text alternative, a caption and its settings', () => {
    for (const figure of figures) {
      const svg = figure.querySelector('.static-drawing svg');
      const marks = svg?.querySelectorAll('path, circle, rect, line, polygon').length ?? 0;
      expect(marks).toBeGreaterThan(8);
      expect((svg?.getAttribute('aria-label') ?? '').length).toBeGreaterThan(60);
      expect(figure.querySelector('.figure-caption')?.textContent.trim().length).toBeGreaterThan(
        40,
      );
      expect(figure.querySelectorAll('.settings dt').length).toBeGreaterThan(5);
      // The letters of an encoded picture may spell anything.
      const text = figure.outerHTML.replaceAll(/data:image[^"]*/g, '');
      expect(text).not.toMatch(/NaN|undefined|Infinity/);
    }
    if (builtChapters().includes(path) && !/method|laboratory/.test(path)) {
      expect(figures.length).toBeGreaterThan(0);
    }
  });

  it('says below each landscape how far it can be trusted', () => {
    for (const figure of figures) {
      const name = figure.querySelector('atlas-figure')?.getAttribute('data-figure') ?? '';
      if (!landscapes.test(name)) continue;
      const fidelity = figure.querySelector('.figure-fidelity')?.textContent ?? '';
      expect(fidelity, name).toMatch(/points|of the variance|Exact: the axes/);
      expect(fidelity, name).toMatch(/\bon (cpu|cuda|webgpu)\b/);
    }
  });
});

describe('what the pictures show', () => {
  it('a boundary panel for every network, numbered from 0', () => {
    const figure = oneFigure('fifty-starts', 'decision-boundaries');
    const texts = [...figure.querySelectorAll('.layer-panels text')].map((t) => t.textContent);
    expect(texts).toEqual(Array.from({ length: networks }, (_, n) => String(n)));
    const edges = [...figure.querySelectorAll('.panel-edge')];
    expect(edges).toHaveLength(networks);
  });

  it('as many loss curves as networks', () => {
    const live = documentOf(chapterPath('fifty-starts')).querySelector(
      '[data-view="loss-curves"]',
    )!;
    const curves = [...live.querySelectorAll('.layer-curves path.line')];
    expect(curves).toHaveLength(networks);
    const drawn = new Set(curves.map((curve) => curve.getAttribute('d')));
    expect(drawn.size).toBe(networks);
  });

  it('a start and an end for every network on the map, and the final losses in words', () => {
    const live = documentOf(chapterPath('fifty-starts')).querySelector(
      '[data-view="landscape-map"]',
    )!;
    expect(live.querySelectorAll('.layer-paths circle.hollow')).toHaveLength(networks);
    expect(live.querySelectorAll('.layer-paths circle.outlined')).toHaveLength(networks);
    expect(labelOf(live)).toContain(`${networks} networks`);
    const { trueLoss } = fifty.landscape!;
    const median = medianOf(trueLoss.slice(-networks));
    const [, said] = /the median true loss is ([\d.]+)/.exec(labelOf(live)) ?? [];
    expect(Math.abs(Number(said) / median - 1)).toBeLessThan(0.01);
  });

  it('the distribution’s median, range and mean of the manifest', () => {
    const figure = oneFigure('where-they-end', 'outcome-distribution');
    const { conditions } = JSON.parse(
      new TextDecoder().decode(read('data/fifty/manifest.json')),
    ) as Manifest;
    const { statistics } = conditions[0]!.training!;
    const label = labelOf(figure);
    const said = (pattern: RegExp): number => Number(pattern.exec(label)?.[1]);
    const { median, minimum, maximum, mean } = statistics.trainLoss;
    expect(said(/median ([\d.]+)/) / median).toBeCloseTo(1, 2);
    expect(said(/range ([\d.]+)/) / minimum).toBeCloseTo(1, 2);
    expect(said(/range [\d.]+ to ([\d.]+)/) / maximum).toBeCloseTo(1, 2);
    expect(said(/mean ([\d.]+)/) / mean).toBeCloseTo(1, 2);
    expect(label).toContain(`${statistics.outcomes.converged} converged`);
  });

  it('three images of each digit, of the training part', () => {
    const figure = oneFigure('where-they-end', 'digit-samples', 'digits');
    expect(figure.querySelectorAll('rect.hairline')).toHaveLength(3 * 10);
    expect(labelOf(figure)).toContain('of each of the 10 digits');
    expect(digits.data.features).toBe(64);
  });

  it('the explained variance beside its null', () => {
    // Asked first and shown then: the whole stands where no script can ask.
    const place = oneFigure('two-eyes', 'explained-variance').closest('atlas-scrolly');
    const label = labelOf(place?.querySelector('noscript') as Element);
    const percent = (shares: readonly number[]) =>
      `${(100 * ((shares[0] ?? 0) + (shares[1] ?? 0))).toFixed(1)}%`;
    const { explainedVariance, nullExplainedVariance } = fifty.landscape!;
    expect(label).toContain(`first two hold ${percent(explainedVariance)}`);
    expect(label).toContain(`nothing to find, ${percent(nullExplainedVariance)}`);
  });
});

describe('numbers in the prose', () => {
  /** What the manifest of an artifact, or the file of a result, holds at a path, where it holds that part. */
  function inArtifact(folder: string, path: string): unknown {
    const [part, analysis, ...rest] = path.split('.');
    const [file, keys] =
      part === 'results' ? [`results/${analysis}.json`, rest] : ['manifest.json', path.split('.')];
    let value: unknown = JSON.parse(new TextDecoder().decode(read(`data/${folder}/${file}`)));
    const { study, conditions } = value as Manifest;
    if (part === 'statistics') value = conditions[0]!.training;
    if (part === 'experiment') value = study.conditions[0];
    for (const key of keys) value = (value as Record<string, unknown> | null)?.[key];
    return value;
  }

  it('are the artifact’s, as far as they are written', () => {
    let compared = 0;
    for (const path of builtChapters()) {
      for (const element of documentOf(path).querySelectorAll('data.value.number')) {
        const [run, study] = ['data-run', 'data-study'].map((name) => element.getAttribute(name));
        const truth = inArtifact((run ?? study)!, element.getAttribute('data-path')!);
        const text = (element.getAttribute('value') ?? '').replaceAll(',', '').replace('−', '-');
        if (typeof truth !== 'number' || !/^-?[\d.]+%?$/.test(text)) continue;
        const decimals = /\.(\d+)/.exec(text)?.[1]?.length ?? 0;
        const scale = text.endsWith('%') ? 100 : 1;
        const within = 0.5 * 10 ** -decimals * 1.0001;
        expect(Math.abs(parseFloat(text) - scale * truth), `${path}: ${text}`).toBeLessThanOrEqual(
          within,
        );
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(100);
  });
});

function medianOf(values: Float32Array): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
