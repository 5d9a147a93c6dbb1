import { json, status, type Host, type NetRequest } from './host.js';
import type { NetResponse } from './response.js';

interface User {
  id: number;
  name: string;
  email: string;
}

interface Post {
  id: number;
  userId: number;
  title: string;
  body: string;
}

const NAMES = ['Ada', 'Barbara', 'Christopher', 'Dennis', 'Edsger', 'Frances', 'Grace', 'Hedy', 'Ivan', 'Jean'];
const SUBJECTS = ['queues', 'timeouts', 'locks', 'coroutines', 'cancellation', 'back-pressure'];
const SERVING_MS = 20;
const PAGE_SIZE = 10;

type Item = User | Post;

/** A REST service of users and their posts, whose changes last as long as the program runs. */
export function api(): Host {
  const users: User[] = NAMES.map((name, index) => ({
    id: index + 1,
    name,
    email: `${name.toLowerCase()}@api.test`,
  }));
  const posts: Post[] = users.flatMap(({ id, name }) =>
    SUBJECTS.map((subject, index) => ({
      id: (id - 1) * SUBJECTS.length + index + 1,
      userId: id,
      title: `${name} on ${subject}`,
      body: `What ${name} has to say about ${subject}.`,
    })),
  );
  const collections: Record<string, Item[]> = { users, posts };

  return async (request, { clock }) => {
    await clock.sleep(SERVING_MS, request.signal);
    const [, name = '', id, nested, ...more] = request.url.pathname.split('/');
    const items = collections[name];
    if (items === undefined || more.length > 0) return status(404);
    if (id === undefined || id === '') return ofCollection(request, items);
    if (nested === 'posts' && name === 'users') {
      return list(request, posts.filter(({ userId }) => userId === Number(id)));
    }
    return nested === undefined ? ofItem(request, items, Number(id)) : status(404);
  };
}

function ofCollection(request: NetRequest, items: Item[]): NetResponse {
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return list(request, items);
    case 'POST': {
      const given = objectIn(request.body);
      if (given === undefined) return unprocessable();
      const added = { ...given, id: Math.max(0, ...items.map(({ id }) => id)) + 1 } as Item;
      items.push(added);
      return json(added, { status: 201, statusText: 'Created' });
    }
    default:
      return status(405, { allow: 'GET, HEAD, POST' });
  }
}

function ofItem(request: NetRequest, items: Item[], id: number): NetResponse {
  const at = items.findIndex((item) => item.id === id);
  const found = items[at];
  if (found === undefined) return status(404);
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return json(found);
    case 'PUT':
    case 'PATCH': {
      const given = objectIn(request.body);
      if (given === undefined) return unprocessable();
      const changed = { ...(request.method === 'PATCH' ? found : {}), ...given, id } as Item;
      items[at] = changed;
      return json(changed);
    }
    case 'DELETE':
      items.splice(at, 1);
      return status(204);
    default:
      return status(405, { allow: 'GET, HEAD, PUT, PATCH, DELETE' });
  }
}

/** A page of the items that the query selects. */
function list({ url }: NetRequest, items: Item[]): NetResponse {
  const page = positive(url.searchParams.get('page')) ?? 1;
  const size = positive(url.searchParams.get('limit')) ?? PAGE_SIZE;
  const fields = [...url.searchParams].filter(([name]) => name !== 'page' && name !== 'limit');
  const chosen = items.filter((item) =>
    fields.every(([name, value]) => String((item as unknown as Record<string, unknown>)[name]) === value),
  );
  return json(chosen.slice((page - 1) * size, page * size), {
    headers: { 'x-total-count': String(chosen.length) },
  });
}

function positive(value: string | null): number | undefined {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

function objectIn(body: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function unprocessable(): NetResponse {
  return json({ error: 'the body must be a JSON object' }, { status: 422, statusText: 'Unprocessable Content' });
}
