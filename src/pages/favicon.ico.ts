// The mark for programs that ask for nothing but /favicon.ico.
import { drawIcon, icoOf } from '../site/icons.ts';

export const GET = async () => new Response(new Uint8Array(icoOf(await drawIcon(32), 32)));
