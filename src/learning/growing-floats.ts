// Numbers that come in rows, as many as there will be.

export class GrowingFloats {
  private values = new Float32Array(0);
  private count = 0;

  append(row: Float32Array): void {
    const needed = this.count + row.length;
    if (needed > this.values.length) {
      const longer = new Float32Array(Math.max(needed, 2 * this.values.length));
      longer.set(this.values.subarray(0, this.count));
      this.values = longer;
    }
    this.values.set(row, this.count);
    this.count = needed;
  }

  /** All so far, copied. */
  slice(): Float32Array {
    return this.values.slice(0, this.count);
  }
}
