// The licence of an npm package in its authors' words, from the package's own files.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ShippedPackage } from './shipped-packages.ts';

/** A licence, and what must be passed on with it. */
const licenceFile = /^(un)?licen[cs]e|^copying|^ofl|^notice|^third-?party-?notices?/i;

/** Packages that come without the text. */
const missing: Readonly<Record<string, (version: string) => string>> = {
  'onnxruntime-web': (version) => `MIT License

Copyright (c) Microsoft Corporation. All rights reserved.

${mit}

The WebAssembly files hold further libraries. Their notices are at
https://github.com/microsoft/onnxruntime/blob/v${version}/ThirdPartyNotices.txt`,
};

const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;

/** The texts of a package that must travel with it; none where the package says nothing. */
export function licenceTexts({ name, version, folder }: ShippedPackage): string[] {
  const files = licenceFiles(folder);
  if (files.length > 0) return files.map((file) => ownPart(readFileSync(file, 'utf8')));
  const known = missing[name]?.(version);
  if (known) return [known];
  const readme = readdirSync(folder).find((file) => /^readme(\.|$)/i.test(file));
  const section = readme && licenceSection(readFileSync(join(folder, readme), 'utf8'));
  return section ? [section] : [];
}

/** Some packages have a folder of that name. */
function licenceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => licenceFile.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory()
        ? readdirSync(path)
            .sort()
            .map((file) => join(path, file))
        : [path];
    });
}

/** A bundler's licence goes on with those of packages that are in the bundler, and in no bundle that it makes. */
const ownPart = (text: string): string =>
  tidy(text.split(/^# Licenses of bundled dependencies$/m, 1)[0] ?? text);

/** From the heading that says so to the next one. */
function licenceSection(readme: string): string | null {
  const section = /^#+ *licen[cs]e *\n([\s\S]*?)(?=^#|(?![\s\S]))/im.exec(readme)?.[1];
  return section ? tidy(section) : null;
}

const tidy = (text: string): string =>
  text
    .replace(/^\uFEFF/, '')
    .replace(/[ \t]*\r?\n/g, '\n')
    .trim();
