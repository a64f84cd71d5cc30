// The heights of a figure at every width that a page may give it, as few "width:height" pairs: between two of them the height is on a straight line.
const [least, most] = [280, 1200];
/** CSS pixels that a height on the line may be wrong by. */
const tolerance = 1;

export function notedHeights(heightAt: (width: number) => number): string {
  const heights = Array.from({ length: most - least + 1 }, (_, at) =>
    Math.round(heightAt(least + at)),
  );
  const noted = [0];
  for (let from = 0; from < heights.length - 1;) {
    let to = from + 1;
    while (to + 1 < heights.length && isStraight(heights, from, to + 1)) to++;
    noted.push(to);
    from = to;
  }
  return noted.map((at) => `${least + at}:${heights[at]}`).join(' ');
}

function isStraight(heights: readonly number[], from: number, to: number): boolean {
  const [first, last] = [heights[from]!, heights[to]!];
  for (let at = from + 1; at < to; at++) {
    const onLine = first + ((at - from) / (to - from)) * (last - first);
    if (Math.abs(onLine - heights[at]!) > tolerance) return false;
  }
  return true;
}
