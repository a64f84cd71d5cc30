// Handwritten digits, 8 x 8 pixels of 17 grey levels.
import { CsvError, parseCsv } from '../csv.ts';
import type { ClassDataset } from './dataset.ts';

const side = 8;

/**
 * The test part of the UCI "Optical Recognition of Handwritten Digits" data set (Alpaydin and Kaynak 1998,
 * doi:10.24432/C50P49, CC BY 4.0): 1,797 rows of 64 pixels from 0 (empty) to 16 (ink), row by row, then the digit.
 */
export function digits(text: string): ClassDataset {
  const where = 'digits.csv.gz';
  const data = parseCsv(text, { header: false, where });
  if (
    data.featureNames.length !== side * side ||
    data.classNames.join() !== '0,1,2,3,4,5,6,7,8,9'
  ) {
    throw new CsvError(
      `the digits have ${data.featureNames.length} pixels and ${data.classNames.length} classes: expected 64 and the digits 0 to 9, so the file is damaged; fetch it anew (${where})`,
    );
  }
  return {
    ...data,
    featureNames: data.featureNames.map((_, i) => `pixel(${Math.floor(i / side)},${i % side})`),
  };
}
