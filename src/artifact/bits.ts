// Zeros and ones, eight a byte, the first in the lowest bit.

export function packBits(values: Uint8Array): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(Math.ceil(values.length / 8));
  values.forEach((value, index) => {
    if (value) packed[index >> 3] = (packed[index >> 3] as number) | (1 << (index & 7));
  });
  return packed;
}

export function unpackBits(packed: Uint8Array, count: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    { length: count },
    (_, index) => ((packed[index >> 3] as number) >> (index & 7)) & 1,
  );
}
