// A page's listener as its worker holds it: a proxy that keeps memory on both sides until it is given back.
import { releaseProxy, type ProxyMarked, type Remote } from 'comlink';

/** Gives back a function that the page has passed as `proxy(...)`. */
export function releaseListener<Listener>(listener: Listener): void {
  (listener as unknown as Remote<Listener & ProxyMarked>)[releaseProxy]();
}
