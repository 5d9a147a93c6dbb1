import { beginningOf } from '../../protocol/shorten.js';

const givenByRuntime = /^Task-\d+$/;
const joint = ' · ';

/** A task as people know it: by the name that the program gave it, else "consumer · Task-2", by its coroutine. */
export function taskLabel(name: string, coroutine = ''): string {
  const called = shortName(coroutine);
  return called === '' || !hasRuntimesName(name) ? name : `${called}${joint}${name}`;
}

/** Whether the program left it to the runtime to name the task. */
export function hasRuntimesName(name: string): boolean {
  return givenByRuntime.test(name);
}

/** As much of a label as fits. Of "consumer · Task-2" the coroutine is cut first: the number tells tasks apart. */
export function fitLabel(label: string, fits: (text: string) => boolean): string {
  if (fits(label)) return label;
  const end = label.lastIndexOf(joint);
  if (end > 0 && hasRuntimesName(label.slice(end + joint.length))) {
    const kept = longestBeginning(label.slice(0, end), (part) => fits(`${part}…${label.slice(end)}`));
    if (kept !== '') return `${kept}…${label.slice(end)}`;
  }
  const kept = longestBeginning(label, (part) => fits(`${part}…`));
  return kept === '' ? '' : `${kept}…`;
}

/** "Client::get" and "asyncio::wait_for" without what they are members of. */
function shortName(coroutine: string): string {
  if (coroutine === 'a lambda') return 'lambda';
  let depth = 0;
  let start = 0;
  for (let at = 0; at < coroutine.length; at += 1) {
    if (coroutine[at] === '<') depth += 1;
    else if (coroutine[at] === '>') depth -= 1;
    else if (depth === 0 && coroutine.startsWith('::', at)) start = at + 2;
  }
  return coroutine.slice(start);
}

function longestBeginning(text: string, fits: (part: string) => boolean): string {
  let [fitting, tooLong] = [0, text.length];
  while (tooLong - fitting > 1) {
    const middle = (fitting + tooLong) >>> 1;
    if (fits(text.slice(0, middle))) fitting = middle;
    else tooLong = middle;
  }
  return beginningOf(text, fitting).trimEnd();
}
