// A drawing's text without the characters that no XML may hold (XML 1.0, 2.2), such as a name of a reader's may have.

export const legalXml = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
