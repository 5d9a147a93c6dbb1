import { NoProject, readProject } from './read-project.js';
import type { Project } from './project.js';
import { defaultOptions as usual } from './project-options.js';
import { fromBase64Url, toBase64Url } from './base64url.js';
import { deflate, inflate, TooMuch } from './deflate.js';

/**
 * A share link is the page's address with `#code=1.…`: the version of the format, then the project as JSON,
 * compressed, in base64url. A project's JSON has the members of `Project`; options that have their default value
 * are left out. A later format gets another number.
 */
const form = 1;
const key = 'code';

/** The limit of the JSON, in bytes: a snippet is smaller, and a few compressed bytes can inflate to any amount. */
export const maxProjectBytes = 4_000_000;
/** Browsers refuse addresses that are much longer. */
export const maxCodeLength = 2_000_000;

/** Why a link cannot be made or opened, as a sentence. */
export class LinkError extends Error {}

export async function linkTo(project: Project, page: string): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify(compact(project)));
  if (json.byteLength > maxProjectBytes) throw new LinkError(`This snippet is too large for a link: it has more than ${maxProjectBytes / 1e6} MB.`);
  const code = `${form}.${toBase64Url(await deflate(json))}`;
  const url = new URL(page);
  url.hash = `${key}=${code}`;
  return url.href;
}

/** The part after `#code=`; undefined if the address is not a share link. */
export function codeIn(hash: string): string | undefined {
  return hash.startsWith(`#${key}=`) ? hash.slice(key.length + 2) : undefined;
}

/** Rejects with a LinkError. */
export async function projectOfCode(code: string): Promise<Project> {
  const [, version, packed] = /^(\d{1,6})\.(.*?)[^\w-]*$/s.exec(code) ?? [];
  if (version === undefined || packed === undefined) throw broken();
  if (Number(version) > form) {
    throw new LinkError('This link was created by a newer version of this page. Reload the page, or ask for the code as a file.');
  }
  if (Number(version) < form) throw broken();
  if (packed.length > maxCodeLength) {
    throw new LinkError(`This link is too long: it has ${(packed.length / 1e6).toFixed(1)} million characters.`);
  }
  const bytes = fromBase64Url(packed);
  if (bytes === undefined || bytes.length === 0) throw broken();
  return readProject(parse(await unpack(bytes)));
}

async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await inflate(bytes, maxProjectBytes));
  } catch (error) {
    if (error instanceof TooMuch) {
      throw new LinkError(`This link holds more than ${maxProjectBytes / 1e6} MB, the limit for a snippet.`);
    }
    // The details of an error in the compressed bytes or in the UTF-8 do not help a user.
    throw broken();
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw broken();
  }
}

function broken(): LinkError {
  return new LinkError(
    'This link is broken: part of it was changed or lost. Copy the whole link again, or ask for a new one.',
  );
}

function compact({ title, files, stdin, options }: Project): unknown {
  const unusual = Object.entries(options).filter(([name, value]) => usual[name as keyof typeof usual] !== value);
  return {
    title,
    files: files.map(({ name, text }) => ({ name, text })),
    ...(stdin !== '' && { stdin }),
    ...(unusual.length > 0 && { options: Object.fromEntries(unusual) }),
  };
}

/** The reason of a failure, as a sentence for the user. */
export function whyNot(error: unknown): string {
  if (error instanceof LinkError) return error.message;
  if (error instanceof NoProject) return `This link cannot be opened: it does not contain a valid snippet, because ${error.message}.`;
  throw error;
}
