// The built HTML lists every claim of every study: its paper, its verdict and sentence, and the numbers behind it.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { parseManifest, type ArtifactClaim } from '../../src/artifact/manifest.ts';
import { formatEvidence } from '../../src/site/prose/claim-text.ts';
import { verdictWords } from '../../src/landscape/analyses/claim.ts';
import { chapterPath } from './site.ts';
import { sitePaths } from './site-paths.ts';

const data = `${sitePaths.folder}/data`;
const folders = readdirSync(data).filter((folder) => existsSync(`${data}/${folder}/manifest.json`));
const manifests = await Promise.all(
  folders.map((folder) => parseManifest(readFileSync(`${data}/${folder}/manifest.json`), folder)),
);
const told = manifests.flatMap(({ name, claims }) =>
  claims.map((claim): [string, ArtifactClaim] => [`${name}/${claim.id}`, claim]),
);
const html = readFileSync(`${sitePaths.folder}/${chapterPath('method')}index.html`, 'utf8');
const { document } = parseHTML(html);
const textOf = (element: Element | null): string =>
  element?.textContent.replace(/\s+/g, ' ').trim() ?? '';

describe('the claims of papers', () => {
  it('are those of the outline: at least one of each paper that it names', () => {
    const sources = new Set(told.map(([, { source }]) => source));
    for (const source of [
      'li2018',
      'garipov2018',
      'draxler2018',
      'ainsworth2023',
      'fort2019',
      'cohen2021',
      'antognini2018',
      'dinh2017',
    ])
      expect(sources).toContain(source);
    expect(document.querySelectorAll('.claim')).toHaveLength(told.length);
  });

  it.each(told)(
    '%s stands there with its numbers',
    (name, { source, verdict, sentence, evidence, criterion }) => {
      const claim = document.querySelector(`[data-claim="${name}"]`);
      expect(claim?.querySelector(`[data-cite="${source}"]`)).not.toBeNull();
      expect(textOf(claim)).toContain(`${verdictWords[verdict]}. ${sentence}`);
      expect(textOf(claim)).toContain(`Criterion: ${criterion}.`);
      for (const each of evidence) expect(textOf(claim)).toContain(formatEvidence(each));
    },
  );
});
