import { beginningOf } from '../../protocol/shorten.js';
import { button } from '../button.js';
import { formatBytes, formatCount, formatMs } from '../format.js';
import { type AnswerBody, bodyOf } from './answer-body.js';
import { made, methodChip, setText, statusClass } from './elements.js';
import { htmlFrame } from './html-frame.js';
import { jsonView } from './json-view.js';
import type { CheckedRequest } from './request-draft.js';
import type { SentRequest } from './sent-request.js';
import { endText } from './texts.js';

/** Characters of a body that are shown as text. */
const LONGEST_SHOWN = 200_000;
const CLOCK_MS = 200;

/** The request that was sent last, and its answer. */
export class AnswerView {
  readonly element = made('section', 'answer');
  readonly #title = made('h2', 'answer-title');
  readonly #line = made('p', 'answer-line');
  readonly #note = made('p', 'answer-note');
  readonly #headers = made('details', 'answer-headers');
  readonly #headersSummary = made('summary');
  readonly #headersList = made('dl');
  readonly #kinds = made('div', 'answer-kinds');
  readonly #shaped = button('Tree', 'Objects and arrays fold', () => this.#choose(false));
  readonly #plain = button('Text', 'As it was sent', () => this.#choose(true));
  readonly #body = made('div', 'answer-body');
  #sent: { request: CheckedRequest; port: number; answer: SentRequest } | undefined;
  #asText = false;
  #clock: ReturnType<typeof setTimeout> | undefined;
  #frame: number | undefined;

  constructor() {
    this.element.ariaLabel = 'Answer';
    this.element.hidden = true;
    this.#line.role = 'status';
    this.#note.role = 'status';
    this.#kinds.role = 'group';
    this.#kinds.ariaLabel = 'How the body is shown';
    this.#kinds.append(this.#shaped, this.#plain);
    this.#headers.append(this.#headersSummary, this.#headersList);
    const bar = made('div', 'answer-bar');
    bar.append(this.#headers, this.#kinds);
    this.element.append(this.#title, this.#line, this.#note, bar, this.#body);
  }

  clear(): void {
    clearTimeout(this.#clock);
    this.#sent = undefined;
    this.element.hidden = true;
  }

  show(request: CheckedRequest, port: number, answer: SentRequest): void {
    this.#sent = { request, port, answer };
    this.element.hidden = false;
    // It is drawn a frame later.
    this.element.dataset['state'] = 'open';
    this.#title.replaceChildren(methodChip(request.method), made('span', 'route-pattern', request.target));
    this.#headers.open = false;
    this.#body.replaceChildren();
    this.changed();
  }

  /** Something has arrived: drawn once a frame. */
  changed(): void {
    if (this.#frame !== undefined) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
    });
  }

  #draw(): void {
    clearTimeout(this.#clock);
    if (this.#sent === undefined) return;
    const { port, answer } = this.#sent;
    const { head, end } = answer;
    this.element.dataset['state'] = end === undefined ? 'open' : head === undefined ? 'failed' : 'answered';
    this.#drawLine(answer);
    setText(this.#note, end === undefined ? '' : endText(end, port, head !== undefined));
    this.#headers.hidden = head === undefined;
    if (head !== undefined) this.#drawHeaders(head.headers);
    this.#drawBody(answer);
    if (end === undefined) this.#clock = setTimeout(() => this.#drawLine(answer), CLOCK_MS);
  }

  #drawLine(answer: SentRequest): void {
    const { head, end, ms, size } = answer;
    if (head === undefined) {
      this.#line.replaceChildren(...(end === undefined ? [made('span', 'answer-waits', 'Waiting for the answer …')] : []));
    } else {
      const status = made('span', 'status', `${head.status} ${head.reason}`.trim());
      status.dataset['status'] = statusClass(head.status);
      const facts = [formatMs(ms), formatBytes(size), typeOf(answer).split(';')[0] ?? ''].filter((fact) => fact !== '');
      if (end === undefined) facts.push('receiving …');
      this.#line.replaceChildren(status, made('span', 'answer-facts', facts.join(' · ')));
    }
    if (end === undefined && head !== undefined) this.#clock = setTimeout(() => this.#drawLine(answer), CLOCK_MS);
  }

  #drawHeaders(headers: [string, string][]): void {
    setText(this.#headersSummary, `${formatCount(headers.length)} ${headers.length === 1 ? 'header' : 'headers'}`);
    this.#headersList.replaceChildren(...headers.flatMap(([name, value]) => [made('dt', '', name), made('dd', '', value)]));
  }

  #drawBody(answer: SentRequest): void {
    const { end } = answer;
    const body = bodyOf(answer.body(), typeOf(answer), end === 'whole');
    const shaped = body.kind === 'json' || body.kind === 'html';
    this.#kinds.hidden = !shaped;
    this.#shaped.textContent = body.kind === 'html' ? 'Page' : 'Tree';
    this.#shaped.title = body.kind === 'html' ? 'Without scripts and links, and without anything to load' : 'Objects and arrays fold';
    this.#shaped.ariaPressed = String(!this.#asText);
    this.#plain.ariaPressed = String(this.#asText);
    this.#body.replaceChildren(...this.#bodyParts(body, answer));
  }

  #bodyParts(body: AnswerBody, answer: SentRequest): HTMLElement[] {
    switch (body.kind) {
      case 'empty':
        return answer.end === 'whole' ? [made('p', 'requests-hint', 'The answer has no body.')] : [];
      case 'json':
        return this.#asText ? textParts(body.text) : [jsonView(body.root)];
      case 'html':
        return this.#asText ? textParts(body.text) : [htmlFrame(body.text)];
      case 'text':
        return textParts(body.text);
      case 'binary':
        return [made('p', 'requests-hint', `${formatBytes(answer.size)} of ${typeOf(answer) === '' ? 'binary data' : typeOf(answer)}, which is not shown.`)];
    }
  }

  #choose(asText: boolean): void {
    this.#asText = asText;
    this.#draw();
  }
}

function typeOf({ head }: SentRequest): string {
  return head?.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
}

function textParts(text: string): HTMLElement[] {
  const shown = beginningOf(text, LONGEST_SHOWN);
  const pre = made('pre', 'answer-text', shown);
  pre.tabIndex = 0;
  pre.role = 'region';
  pre.ariaLabel = 'Body';
  if (shown.length === text.length) return [pre];
  return [made('p', 'requests-hint', `The first ${formatCount(shown.length)} of ${formatCount(text.length)} characters are shown.`), pre];
}
