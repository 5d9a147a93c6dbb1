/** JSON as it was written: numbers keep their digits, and objects all their keys. */
export type JsonNode =
  | { kind: 'object'; entries: [key: string, value: JsonNode][] }
  | { kind: 'array'; items: JsonNode[] }
  | { kind: 'string' | 'number' | 'word'; text: string };

type Container = Extract<JsonNode, { kind: 'object' | 'array' }>;

const lexeme = /\s*(?:(?<open>[{[])|(?<close>[}\]])|(?<string>"[^"\\]*(?:\\.[^"\\]*)*")|(?<number>-?\d[\d.eE+-]*)|(?<word>true|false|null)|[,:])/gy;

/** Undefined if it is no JSON. Of any depth. */
export function parseJson(text: string): JsonNode | undefined {
  if (!isJson(text)) return undefined;
  const stack: Container[] = [];
  let root: JsonNode | undefined;
  let key: string | undefined;
  const add = (node: JsonNode): void => {
    const parent = stack.at(-1);
    if (parent === undefined) root = node;
    else if (parent.kind === 'array') parent.items.push(node);
    else parent.entries.push([key ?? '', node]);
    key = undefined;
  };
  for (const { groups = {} } of text.matchAll(lexeme)) {
    const { open, close, string, number, word } = groups;
    if (open !== undefined) {
      const container: Container = open === '{' ? { kind: 'object', entries: [] } : { kind: 'array', items: [] };
      add(container);
      stack.push(container);
    } else if (close !== undefined) {
      stack.pop();
    } else if (string !== undefined) {
      if (stack.at(-1)?.kind === 'object' && key === undefined) key = JSON.parse(string) as string;
      else add({ kind: 'string', text: JSON.parse(string) as string });
    } else if (number !== undefined) {
      add({ kind: 'number', text: number });
    } else if (word !== undefined) {
      add({ kind: 'word', text: word });
    }
  }
  return root;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
