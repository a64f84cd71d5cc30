// What passed, what failed and where the time went, told at the end.

interface Time {
  readonly name: string;
  readonly seconds: number;
}

export class Tally {
  #passed = 0;
  readonly #failures: string[] = [];
  readonly #stages: Time[] = [];
  readonly #files: Time[] = [];

  pass(count = 1): void {
    this.#passed += count;
  }

  fail(what: string): void {
    this.#failures.push(what);
  }

  get failed(): number {
    return this.#failures.length;
  }

  stage(name: string, seconds: number): void {
    this.#stages.push({ name, seconds });
  }

  file(name: string, seconds: number): void {
    this.#files.push({ name, seconds });
  }

  /** Ends with one line for whoever reads no more, and sets the exit status. */
  tell(): void {
    tellTimes('Where the time went', this.#stages);
    const slowest = this.#files.toSorted((a, b) => b.seconds - a.seconds).slice(0, 20);
    tellTimes('The slowest files', slowest);
    if (this.failed > 0) process.stdout.write(`\nWhat failed\n  ${this.#failures.join('\n  ')}\n`);
    process.stdout.write(`\n${this.#passed} passed, ${this.failed} failed\n`);
    process.exitCode = this.failed === 0 ? 0 : 1;
  }
}

function tellTimes(title: string, list: readonly Time[]): void {
  if (list.length === 0) return;
  process.stdout.write(`\n${title}\n`);
  for (const { name, seconds } of list)
    process.stdout.write(`${seconds.toFixed(1).padStart(8)} s  ${name}\n`);
}
