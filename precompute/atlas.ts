// The `atlas` command: computes, lists, inspects and verifies the runs that the site shows.
import { commandLine } from './command-line.ts';
import { endWithReader } from './output.ts';

endWithReader();
const status = await commandLine(process.argv.slice(2));
// A command that did its work may have more to say than that.
if (status !== 0) process.exitCode = status;
