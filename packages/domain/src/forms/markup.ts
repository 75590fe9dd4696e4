/** A piece of HTML. Only {@link html} makes one, so that no text becomes markup by accident. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | null | false | readonly Part[];

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll('\0', '');

function write(part: Part): string {
  if (part === null || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(write).join('');
  return escaped(String(part));
}

/** HTML with every value escaped, in text and in quoted attributes alike; null and false are nothing. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(texts.map((text, at) => text + (at < parts.length ? write(parts[at] ?? null) : '')).join(''));

/** Text of several lines as paragraphs and line breaks. */
export const paragraphs = (text: string, className: string): Markup[] =>
  text
    .split(/\n{2,}/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map(
      (each) =>
        html`<p class="${className}" dir="auto">
          ${each.split('\n').map((line, at) => (at === 0 ? html`${line}` : html`<br />${line}`))}
        </p>`,
    );
