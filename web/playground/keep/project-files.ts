import { FileError } from './file-error.js';
import { mainFile, newProject, NoProject, readProject } from '../../project/read-project.js';
import type { Project } from '../../project/project.js';

/** Maximum total bytes read from files. */
export const maxBytes = 8_000_000;

interface NamedText {
  name: string;
  text: string;
}

/** Metadata in a .zip, next to the sources. */
const about = 'snippet.json';

/** Reads chosen or dropped files: sources, or one .zip of them. Rejects with a FileError. */
export async function projectOfFiles(files: readonly File[]): Promise<Project> {
  const [first] = files;
  if (first === undefined) throw new FileError('No file was given.');
  if (files.reduce((sum, { size }) => sum + size, 0) > maxBytes) {
    throw new FileError(`That is more than ${maxBytes / 1e6} MB, the limit for a snippet.`);
  }
  const zip = files.find(({ name }) => /\.zip$/i.test(name));
  if (zip !== undefined && files.length > 1) throw new FileError('Open one .zip at a time, or the sources themselves.');
  try {
    if (zip !== undefined) return await projectOfZip(zip);
    const sources = await Promise.all(files.map(async (file) => ({ name: file.name, text: decode(file.name, await bytesOf(file)) })));
    return projectOfSources(sources, stem(mainOf(sources).name));
  } catch (error) {
    if (error instanceof NoProject) throw new FileError(`This cannot be opened: ${error.message}.`);
    throw error;
  }
}

/** The project as a .zip that can be reopened here, and unpacked anywhere. */
export async function zipOf({ title, files, stdin, options }: Project): Promise<Blob> {
  const { strToU8, zipSync } = await import('fflate');
  const entries = Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)]));
  entries[about] = strToU8(`${JSON.stringify({ title, stdin, options }, undefined, 2)}\n`);
  return new Blob([zipSync(entries)], { type: 'application/zip' });
}

/** A descriptive file name that is valid on any system. */
export function fileNameOf(title: string, ending: string): string {
  const name = title
    .normalize('NFKD')
    .replace(/[^\w]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 60);
  return `${name || 'snippet'}.${ending}`;
}

async function projectOfZip(zip: File): Promise<Project> {
  const { unzip } = await import('./unzip.js');
  const files = unzip(zip.name, await bytesOf(zip), maxBytes);
  const inFolder = commonFolder(files.map(({ name }) => name));
  const entries = files.map(({ name, bytes }) => ({ name: name.slice(inFolder.length), bytes }));
  const sources = entries
    .filter(({ name }) => name !== about)
    .map(({ name, bytes }) => ({ name, text: decode(name, bytes) }));
  const description = entries.find(({ name }) => name === about);
  const project = projectOfSources(sources, stem(zip.name));
  return description === undefined ? project : readProject({ ...project, ...parse(decode(about, description.bytes)), files: project.files });
}

function projectOfSources(sources: NamedText[], title: string): Project {
  const main = mainOf(sources);
  const files = [
    { name: mainFile, text: main.text },
    ...sources.filter((source) => source !== main),
  ];
  return readProject({ ...newProject(title, ''), files });
}

/** The file of that name, or the only source, or the only file. */
function mainOf(sources: NamedText[]): NamedText {
  const translated = sources.filter(({ name }) => /\.(?:cpp|cc|cxx|c\+\+)$/i.test(name));
  const main =
    sources.find(({ name }) => name === mainFile) ??
    (translated.length === 1 ? translated[0] : undefined) ??
    (sources.length === 1 ? sources[0] : undefined);
  if (main === undefined) throw new FileError(`None of these files is named ${mainFile}, so it is not clear which one to compile.`);
  return main;
}

function commonFolder(names: string[]): string {
  const [first = ''] = names;
  const folder = first.slice(0, first.indexOf('/') + 1);
  return folder !== '' && names.every((name) => name.startsWith(folder)) && !names.includes(mainFile) ? folder : '';
}

function stem(name: string): string {
  return name.replace(/\.[^.]*$/, '') || name;
}

async function bytesOf(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new FileError(`${file.name} could not be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function decode(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FileError(`${name} is not UTF-8 text.`);
  }
}

function parse(json: string): object {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Reported below.
  }
  throw new FileError(`The ${about} in that .zip is damaged.`);
}
