// Where code that somebody waits for cannot be fetched, the page says so: one listener for every `import()` of every element.
import { isFailedLoad } from './failed-load.ts';
import { notice } from './notice.ts';

addEventListener('unhandledrejection', (event) => {
  if (!isFailedLoad(event.reason)) return;
  event.preventDefault();
  notice.sayFailure(event.reason);
});
