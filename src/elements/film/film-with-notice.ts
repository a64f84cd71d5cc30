// Films a figure while one quiet line says how far it has come, and stops when the reader says so.
import { notice } from '../notice.ts';
import { filmShapes } from './film-shape.ts';
import { saveFilm, type FilmRequest } from './save-film.ts';

/** What was told last is told again after this share more, so that a screen reader is not kept busy. */
const toldEvery = 0.2;

export async function filmWithNotice<Data>(
  request: Omit<FilmRequest<Data>, 'progressed' | 'signal'>,
): Promise<void> {
  const { name } = filmShapes[request.shape];
  const stop = new AbortController();
  const action = { name: 'Stop', act: () => stop.abort() };
  let told = 0;
  const say = (share: number): void =>
    notice.say(`Filming in ${name}: ${Math.round(100 * share)} %.`, action);
  say(0);
  try {
    await saveFilm({
      ...request,
      signal: stop.signal,
      progressed(share) {
        if (share - told < toldEvery || share >= 1) return;
        told = share;
        say(share);
      },
    });
    notice.say(`The film in ${name} is in your downloads.`);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    notice.say('Filming was stopped; nothing was saved.');
  }
}
