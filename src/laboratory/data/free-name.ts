// Names for things that bear the same one: the second "iris.csv" is "iris-2.csv".

export function freeName(name: string, isTaken: (name: string) => boolean): string {
  const [, stem = name, ending = ''] = /^(.+?)(\.[^.]*)?$/s.exec(name) ?? [];
  for (let version = 1; ; version++) {
    const own = version === 1 ? name : `${stem}-${version}${ending}`;
    if (!isTaken(own)) return own;
  }
}
