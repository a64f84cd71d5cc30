// The article's part of the benchmark: how each chapter fares in a reader's hands.
import { cpus } from 'node:os';
import { articleRows, bars, head } from './article.ts';
import { keepPart, openReport } from './report.ts';

const rows = await articleRows((text) => process.stderr.write(`  measuring ${text} …\n`));
const report = openReport();
const { say, table } = report;
say('# The article, chapter by chapter\n');
say(
  `Machine: ${cpus()[0]?.model.trim()}, ${cpus().length} threads, headless Chromium. Lighthouse: mobile profile, slow 4G and a ` +
    'four times slower processor simulated, text compressed as hosts do it, the better of two runs. ' +
    'Transferred before a reader touches a widget, the whole chapter read, text gzipped. Longest task and cumulative ' +
    'layout shift while the chapter is scrolled through, a screen in about a third of a second.',
);
table(head, [...rows, bars]);
keepPart(report.text);
