#!/usr/bin/env node
// The `atlas` command as npm links it.
import { fileURLToPath } from 'node:url';
import { launch } from './launch.js';

await launch(fileURLToPath(new URL('./atlas.ts', import.meta.url)), process.argv.slice(2));
