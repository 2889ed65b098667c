// Folders of configuration for tests: of the disk, or written in the test.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Folder } from '../src/input/folder.js';

export function folderAt(root: string): Folder {
  const stat = (path: string) => statSync(join(root, path), { throwIfNoEntry: false });
  return {
    list: (path) =>
      stat(path)?.isDirectory()
        ? readdirSync(join(root, path))
            .sort()
            .map((name) => {
              const found = stat(join(path, name));
              return { name, isFolder: found?.isDirectory() === true, size: found?.size ?? 0 };
            })
        : [],
    read: (path) => (stat(path)?.isFile() ? readFileSync(join(root, path)) : undefined),
  };
}

/** @param files path → text */
export function folderOf(files: Readonly<Record<string, string>>): Folder {
  return {
    list: (path) => {
      const start = path === '' ? '' : `${path}/`;
      const below = Object.keys(files).filter((name) => name.startsWith(start));
      const names = new Map(
        below.map((name) => {
          const [first = '', ...rest] = name.slice(start.length).split('/');
          return [first, rest.length > 0];
        }),
      );
      return [...names]
        .sort()
        .map(([name, isFolder]) => ({ name, isFolder, size: files[`${start}${name}`]?.length ?? 0 }));
    },
    read: (path) => (Object.hasOwn(files, path) ? Buffer.from(files[path] as string) : undefined),
  };
}
