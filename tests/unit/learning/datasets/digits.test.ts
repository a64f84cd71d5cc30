// Truth: the class counts and value range that the data set's authors state (optdigits.names, UCI).
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CsvError } from '../../../../src/learning/csv.ts';
import { digits } from '../../../../src/learning/datasets/digits.ts';

const text = gunzipSync(readFileSync('public/datasets/digits.csv.gz')).toString('utf8');

describe('digits', () => {
  it('are the 1,797 test digits of the UCI data set', () => {
    const data = digits(text);
    const counts = data.classNames.map((_, c) => data.labels.filter((l) => l === c).length);
    expect(counts).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
    expect(data.inputs).toHaveLength(1797 * 64);
    expect([Math.min(...data.inputs), Math.max(...data.inputs)]).toEqual([0, 16]);
  });

  it('name each pixel by row and column', () => {
    const { featureNames } = digits(text);
    expect([featureNames[0], featureNames[7], featureNames[8], featureNames[63]]).toEqual([
      'pixel(0,0)',
      'pixel(0,7)',
      'pixel(1,0)',
      'pixel(7,7)',
    ]);
  });

  it('are refused where the file is damaged', () => {
    expect(() => digits('1,2,0\n3,4,1\n')).toThrow(
      new CsvError(
        'the digits have 2 pixels and 2 classes: expected 64 and the digits 0 to 9, so the file is damaged; fetch it anew (digits.csv.gz)',
      ),
    );
    expect(() => digits(text.slice(0, 10_000))).toThrow(CsvError);
  });
});
