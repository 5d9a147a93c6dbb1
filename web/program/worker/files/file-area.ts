import type { FileArea as Kept, FileChange, FileLimits, StoredEntry } from '../../../protocol/files.js';
import type { EmscriptenFileSystem, FileNode, NodeOperations, StreamOperations } from '../emscripten.js';
import { ChangedRange } from './changed-range.js';
import type { FileStorage } from '../io/file-storage.js';
import { readWhenUsed } from './lazy-contents.js';

/** Numbers from Emscripten's C library. */
const enum Errno {
  EIO = 29,
  ENAMETOOLONG = 37,
  ENOSPC = 51,
  EPERM = 63,
}

/** O_WRONLY and O_RDWR. */
const WRITING = 3;
const DIRECTORY_MODE = 0o40777;
const FILE_MODE = 0o100666;

const encoder = new TextEncoder();

/**
 * The persistent directory of the program's file system: Emscripten's in-memory file system, which notifies the page of
 * each change. A file's content is sent when the file is flushed or closed, so that stored content was consistent at some
 * time; all else is sent at once.
 */
export class FileArea {
  readonly #fs: EmscriptenFileSystem;
  readonly #storage: FileStorage;
  readonly #limits: FileLimits;
  readonly #directory: NodeOperations;
  readonly #file: NodeOperations;
  readonly #stream: StreamOperations;
  /** Content not yet sent to the page. */
  readonly #changed = new Map<FileNode, ChangedRange>();
  /** Truncated by path: to be sent, unless the truncation is the first step of opening the file. */
  readonly #truncated = new Set<FileNode>();
  /** Files and directories that the page knows. */
  readonly #told = new WeakSet<FileNode>();
  #root: FileNode | undefined;
  #bytes = 0;
  #entries = 0;

  constructor(fs: EmscriptenFileSystem, storage: FileStorage, { entries, limits }: Kept) {
    this.#fs = fs;
    this.#storage = storage;
    this.#limits = limits;
    const memory = fs.filesystems.MEMFS;
    this.#file = { ...memory.node_ops, setattr: this.#setAttributes };
    this.#directory = {
      ...memory.node_ops,
      lookup: this.#lookup,
      mknod: this.#make,
      rename: this.#rename,
      unlink: this.#unlink,
      rmdir: this.#removeDirectory,
      symlink: () => this.#refuse(Errno.EPERM),
    };
    this.#stream = {
      ...memory.stream_ops,
      write: this.#write,
      msync: (stream, buffer, offset, length) => {
        this.#write(stream, buffer, 0, length, offset, false);
        return 0;
      },
      open: ({ node }) => {
        this.#truncated.delete(node);
      },
      fsync: (stream) => {
        this.#tellContent(stream.node);
        return 0;
      },
      close: (stream) => {
        if ((stream.flags & WRITING) !== 0) this.#tellContent(stream.node);
      },
    };
    fs.mount(
      {
        mount: (mount: unknown) => {
          this.#root = this.#adopt(memory.mount(mount));
          return this.#root;
        },
      },
      {},
      storage.root,
    );
    this.#load(entries);
    fs.chdir(storage.root);
  }

  /** Also sends what was neither flushed nor closed. */
  tellAll(): void {
    for (const node of [...this.#changed.keys()]) this.#tellContent(node);
  }

  #load(entries: StoredEntry[]): void {
    const isFile = (entry: StoredEntry): number => (entry.type === 'file' ? 1 : 0);
    for (const entry of entries.sort((a, b) => isFile(a) - isFile(b))) {
      const names = entry.path.split('/');
      const name = names.pop() ?? '';
      // Another page may have replaced a directory by a file, or vice versa: the first one wins.
      const parent = names.reduce<FileNode | undefined>((node, step) => node && this.#directoryIn(node, step), this.#root);
      if (parent === undefined) continue;
      if (entry.type === 'directory') {
        this.#directoryIn(parent, name);
        continue;
      }
      if (childIn(parent, name) !== undefined) continue;
      const node = this.#create(parent, name, FILE_MODE);
      if (entry.content instanceof Blob) {
        readWhenUsed(node, entry.content, () => this.#refuse(Errno.EIO));
      } else {
        node.contents = entry.content;
        node.usedBytes = entry.content.length;
      }
      node.atime = node.mtime = node.ctime = entry.modified;
      this.#bytes += node.usedBytes;
      this.#told.add(node);
    }
  }

  #directoryIn(parent: FileNode, name: string): FileNode | undefined {
    const there = childIn(parent, name);
    if (there !== undefined) return this.#fs.isDir(there.mode) ? there : undefined;
    const made = this.#create(parent, name, DIRECTORY_MODE);
    this.#told.add(made);
    return made;
  }

  #create(parent: FileNode, name: string, mode: number): FileNode {
    const node = this.#adopt(this.#fs.filesystems.MEMFS.node_ops.mknod(parent, name, mode, 0));
    this.#entries += 1;
    return node;
  }

  #adopt(node: FileNode): FileNode {
    const directory = this.#fs.isDir(node.mode);
    node.node_ops = directory ? this.#directory : this.#file;
    // A null prototype: any name is allowed.
    if (directory) node.contents = Object.create(null) as Record<string, FileNode>;
    else node.stream_ops = this.#stream;
    return node;
  }

  // File system operations, as Emscripten calls them.

  readonly #lookup: NodeOperations['lookup'] = (parent, name) => {
    this.#requireName(parent, name);
    return this.#fs.filesystems.MEMFS.node_ops.lookup(parent, name);
  };

  readonly #make: NodeOperations['mknod'] = (parent, name, mode) => {
    this.#requireName(parent, name);
    const directory = this.#fs.isDir(mode);
    if (!directory && !this.#fs.isFile(mode)) this.#refuse(Errno.EPERM);
    if (this.#entries >= this.#limits.entries) this.#refuse(Errno.ENOSPC);
    const node = this.#create(parent, name, mode);
    if (directory) {
      this.#tell(node, { type: 'directory', path: this.#pathOf(node) });
    } else {
      this.#rangeOf(node).resized(0);
    }
    return node;
  };

  readonly #write: StreamOperations['write'] = (stream, buffer, offset, length, position, canOwn) => {
    const { node } = stream;
    const before = node.usedBytes;
    this.#makeRoom(node, position + length - before);
    const written = this.#fs.filesystems.MEMFS.stream_ops.write(stream, buffer, offset, length, position, canOwn);
    if (written > 0) {
      const range = this.#rangeOf(node);
      if (position > before) range.resized(before);
      range.wrote(position, written);
      this.#grew(node, node.usedBytes - before);
    }
    return written;
  };

  readonly #setAttributes: NodeOperations['setattr'] = (node, attributes) => {
    const before = node.usedBytes;
    if (attributes.size !== undefined) this.#makeRoom(node, attributes.size - before);
    this.#fs.filesystems.MEMFS.node_ops.setattr(node, attributes);
    if (attributes.size !== undefined && attributes.size !== before) {
      this.#rangeOf(node).resized(Math.min(before, attributes.size));
      this.#grew(node, node.usedBytes - before);
      node.mtime = node.ctime = Date.now();
    } else if (attributes.mtime !== undefined && this.#told.has(node) && this.#fs.isFile(node.mode)) {
      this.#rangeOf(node);
    } else {
      return;
    }
    if (this.#isOpen(node)) return;
    this.#truncated.add(node);
    queueMicrotask(() => {
      if (this.#truncated.delete(node)) this.#tellContent(node);
    });
  };

  readonly #rename: NodeOperations['rename'] = (node, directory, name) => {
    this.#requireName(directory, name);
    const from = this.#pathOf(node);
    const replaced = childIn(directory, name);
    this.#fs.filesystems.MEMFS.node_ops.rename(node, directory, name);
    if (replaced !== undefined) this.#forget(replaced);
    const path = this.#pathOf(directory);
    const to = path === '' ? name : `${path}/${name}`;
    if (this.#told.has(node)) this.#storage.send([{ type: 'rename', from, to }]);
    // A rename expects the content to be stored under the new name.
    const range = this.#changed.get(node);
    if (range !== undefined) this.#tellWrite(node, to, range);
  };

  readonly #unlink: NodeOperations['unlink'] = (parent, name) => {
    this.#remove(parent, name, () => {
      this.#fs.filesystems.MEMFS.node_ops.unlink(parent, name);
    });
  };

  readonly #removeDirectory: NodeOperations['rmdir'] = (parent, name) => {
    this.#remove(parent, name, () => {
      this.#fs.filesystems.MEMFS.node_ops.rmdir(parent, name);
    });
  };

  #remove(parent: FileNode, name: string, remove: () => void): void {
    const node = childIn(parent, name);
    remove();
    if (node === undefined) return;
    const path = this.#pathOf(parent);
    const told = this.#told.has(node);
    this.#forget(node);
    if (told) this.#storage.send([{ type: 'remove', path: path === '' ? name : `${path}/${name}` }]);
  }

  // Messages to the page.

  #tellContent(node: FileNode): void {
    const range = this.#changed.get(node);
    if (range !== undefined) this.#tellWrite(node, this.#pathOf(node), range);
  }

  #tellWrite(node: FileNode, path: string, range: ChangedRange): void {
    const size = node.usedBytes;
    const { from, to } = range.within(size);
    // The contents are bytes, whatever their type.
    const { buffer, byteOffset } = node.contents as Uint8Array;
    const bytes = from < to ? new Uint8Array(buffer, byteOffset + from, to - from).slice() : new Uint8Array();
    this.#changed.delete(node);
    this.#tell(node, { type: 'write', path, modified: Number(node.mtime), size, at: from, bytes });
  }

  #tell(node: FileNode, change: FileChange): void {
    this.#told.add(node);
    this.#storage.send([change]);
  }

  #rangeOf(node: FileNode): ChangedRange {
    let range = this.#changed.get(node);
    if (range === undefined) {
      range = new ChangedRange();
      // An unlinked file that is still open is not reported.
      if (this.#isThere(node)) this.#changed.set(node, range);
    }
    return range;
  }

  /** The node was removed or replaced. */
  #forget(node: FileNode): void {
    this.#changed.delete(node);
    this.#told.delete(node);
    this.#entries -= 1;
    if (this.#fs.isFile(node.mode)) this.#bytes -= node.usedBytes;
  }

  #grew(node: FileNode, bytes: number): void {
    if (this.#isThere(node)) this.#bytes += bytes;
  }

  #makeRoom(node: FileNode, bytes: number): void {
    if (bytes > 0 && (this.#isThere(node) ? this.#bytes : node.usedBytes) + bytes > this.#limits.bytes) {
      this.#refuse(Errno.ENOSPC);
    }
  }

  #isThere(node: FileNode): boolean {
    for (let at = node; at !== this.#root; at = at.parent) {
      if (childIn(at.parent, at.name) !== at) return false;
    }
    return true;
  }

  #isOpen(node: FileNode): boolean {
    return this.#fs.streams.some((stream) => stream?.node === node && (stream.flags & WRITING) !== 0);
  }

  /** Relative to the root, which is ''. */
  #pathOf(node: FileNode): string {
    const names: string[] = [];
    for (let at = node; at !== this.#root; at = at.parent) names.unshift(at.name);
    return names.join('/');
  }

  #requireName(parent: FileNode, name: string): void {
    const bytes = encoder.encode(name).length;
    if (bytes > this.#limits.nameBytes) this.#refuse(Errno.ENAMETOOLONG);
    if (encoder.encode(this.#pathOf(parent)).length + 1 + bytes > this.#limits.pathBytes) this.#refuse(Errno.ENAMETOOLONG);
  }

  #refuse(number: Errno): never {
    throw new this.#fs.ErrnoError(number);
  }
}

function childIn(directory: FileNode, name: string): FileNode | undefined {
  return (directory.contents as Record<string, FileNode>)[name];
}
