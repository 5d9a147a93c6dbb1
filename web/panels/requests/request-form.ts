import type { ListedServer, ServerRoute } from '../../protocol/servers.js';
import { button } from '../button.js';
import { made, setText } from './elements.js';
import { checkDraft, type CheckedRequest, type DraftField, hasBody, METHODS, pathOfPattern, variablesIn } from './request-draft.js';

export interface FormActions {
  send(server: ListedServer, request: CheckedRequest): void;
  cancel(): void;
}

/** Method, path, headers and body of the next request. */
export class RequestForm {
  readonly element = made('form', 'request-form');
  readonly #actions: FormActions;
  readonly #method = made('select');
  readonly #server = made('select', 'request-server');
  readonly #path = made('input');
  readonly #send = made('button', 'primary', 'Send');
  readonly #cancel: HTMLButtonElement;
  readonly #problem = made('p', 'request-problem');
  readonly #more = made('details', 'request-more');
  readonly #moreSummary = made('summary');
  readonly #headers = made('textarea');
  readonly #headersName = made('span', '', 'Headers');
  readonly #body = made('textarea');
  readonly #bodyField: HTMLElement;
  #servers: ListedServer[] = [];

  constructor(actions: FormActions) {
    this.#actions = actions;
    this.element.noValidate = true;
    this.element.autocomplete = 'off';
    this.element.ariaLabel = 'Request';
    this.#method.ariaLabel = 'Method';
    this.#method.append(...METHODS.map((method) => new Option(method)));
    this.#server.ariaLabel = 'Server';
    this.#path.type = 'text';
    this.#path.inputMode = 'url';
    this.#path.ariaLabel = 'Path';
    this.#path.defaultValue = '/';
    this.#path.setAttribute('aria-describedby', 'request-problem');
    this.#send.type = 'submit';
    this.#cancel = button('Cancel', 'Close the connection without waiting for the answer', () => actions.cancel());
    this.#cancel.hidden = true;
    this.#problem.id = 'request-problem';
    this.#problem.role = 'status';
    const line = made('div', 'request-line');
    line.append(this.#method, this.#server, this.#path, this.#send, this.#cancel);
    this.#bodyField = field(made('span', '', 'Body'), this.#body, '{"text": "milk"}', 4);
    this.#headers.ariaLabel = 'Headers';
    this.#more.append(this.#moreSummary, field(this.#headersName, this.#headers, 'Authorization: Bearer secret', 2), this.#bodyField);
    this.element.append(line, this.#problem, this.#more);
    for (const text of [this.#path, this.#headers, this.#body]) {
      text.spellcheck = false;
      text.autocapitalize = 'off';
      text.autocomplete = 'off';
      text.addEventListener('input', () => this.#say(''));
    }
    this.#method.addEventListener('change', () => this.#showFields());
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#showFields();
  }

  show(servers: ListedServer[], busy: boolean): void {
    const listening = servers.filter((server) => server.listening);
    const key = (all: ListedServer[]): string => all.map(({ number, url }) => `${number} ${url}`).join();
    if (key(listening) !== key(this.#servers)) {
      const chosen = this.#server.value;
      this.#server.replaceChildren(...listening.map(({ number, url }) => new Option(url.replace('http://', ''), String(number))));
      if (listening.some(({ number }) => String(number) === chosen)) this.#server.value = chosen;
      this.#suggest(listening[0]?.routes[0]);
    }
    this.#servers = listening;
    this.#server.hidden = listening.length < 2;
    const hadFocus = document.activeElement === this.#send || document.activeElement === this.#cancel;
    this.#send.hidden = busy;
    this.#cancel.hidden = !busy;
    this.#send.disabled = listening.length === 0;
    if (hadFocus) (busy ? this.#cancel : this.#send).focus();
  }

  /** Puts a route into the fields, with the first variable of its path selected. */
  fill(server: ListedServer, route: ServerRoute): void {
    if (server.listening) this.#server.value = String(server.number);
    this.#set(route);
    const [variable] = variablesIn(this.#path.value);
    this.#path.focus();
    const { length } = this.#path.value;
    if (variable === undefined) this.#path.setSelectionRange(length, length);
    else this.#path.setSelectionRange(variable.at, variable.at + variable.text.length);
  }

  /** The first route, while nobody has written a path. */
  #suggest(route: ServerRoute | undefined): void {
    if (route !== undefined && this.#path.value === this.#path.defaultValue && document.activeElement !== this.#path) this.#set(route);
  }

  #set({ method, pattern }: ServerRoute): void {
    const wanted = method === '*' ? 'GET' : method;
    if (![...this.#method.options].some(({ value }) => value === wanted)) this.#method.append(new Option(wanted));
    this.#method.value = wanted;
    this.#path.value = pathOfPattern(pattern);
    this.#say('');
    this.#showFields();
    if (hasBody(wanted) && wanted !== 'DELETE') this.#more.open = true;
  }

  #submit(): void {
    const server = this.#servers.find(({ number }) => String(number) === this.#server.value) ?? this.#servers[0];
    if (server === undefined || this.#send.hidden) return;
    const checked = checkDraft({
      method: this.#method.value,
      path: this.#path.value,
      headers: this.#headers.value,
      body: this.#body.value,
    });
    if ('request' in checked) {
      this.#say('');
      this.#actions.send(server, checked.request);
      return;
    }
    this.#say(checked.problem, checked.field);
  }

  #say(problem: string, wrong?: DraftField): void {
    setText(this.#problem, problem);
    const fields = { method: this.#method, path: this.#path, headers: this.#headers, body: this.#body };
    for (const [name, input] of Object.entries(fields)) input.ariaInvalid = name === wrong ? 'true' : null;
    if (wrong === undefined) return;
    if (wrong === 'headers' || wrong === 'body') this.#more.open = true;
    fields[wrong].focus();
  }

  #showFields(): void {
    const withBody = hasBody(this.#method.value);
    this.#bodyField.hidden = !withBody;
    // Alone they need no second name.
    this.#headersName.hidden = !withBody;
    setText(this.#moreSummary, withBody ? 'Headers and body' : 'Headers');
  }
}

function field(name: HTMLElement, input: HTMLTextAreaElement, placeholder: string, rows: number): HTMLElement {
  const label = made('label', 'request-field');
  input.rows = rows;
  input.placeholder = placeholder;
  label.append(name, input);
  return label;
}
