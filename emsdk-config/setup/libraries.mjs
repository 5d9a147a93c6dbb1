import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folder, toolchain } from './toolchain.mjs';

/**
 * C++ libraries that are used as sources. `link` is where CMake and the scripts look for them.
 * @type {{ name: 'json' | 'googletest', marker: string, link: string, inPackage: string, elsewhere: (string | undefined)[], get: string }[]}
 */
const libraries = [
  {
    name: 'json',
    marker: 'nlohmann/json.hpp',
    link: join(folder, 'libraries/json'),
    inPackage: 'usr/include',
    elsewhere: [process.env['NLOHMANN_JSON_DIR'], '/usr/include', '/usr/local/include', '/opt/homebrew/include'],
    get: 'brew install nlohmann-json, or name the folder that holds nlohmann/json.hpp in NLOHMANN_JSON_DIR',
  },
  {
    name: 'googletest',
    marker: 'googletest/include/gtest/gtest.h',
    link: join(folder, 'libraries/googletest'),
    inPackage: 'usr/src/googletest',
    elsewhere: [process.env['GTEST_SOURCE'], '/usr/src/googletest'],
    get: 'unpack https://github.com/google/googletest/releases and name its folder in GTEST_SOURCE',
  },
];

/** @param {('json' | 'googletest')[]} names */
function absent(names) {
  return libraries.filter(({ name, link, marker }) => names.includes(name) && !existsSync(join(link, marker)));
}

/**
 * The Debian packages that are still to be unpacked.
 * @param {('json' | 'googletest')[]} names
 */
export function libraryPackages(names) {
  return absent(names).map(({ name }) => ({ target: join(folder, name), pinned: toolchain.pinned[name] }));
}

/**
 * Links to the unpacked libraries or, without apt, to the installed ones. Returns those that are missing.
 * @param {('json' | 'googletest')[]} names
 */
export function linkLibraries(names) {
  const missing = [];
  for (const library of absent(names)) {
    const { name, link, marker, inPackage, elsewhere, get } = library;
    const found = [join(folder, name, inPackage), ...elsewhere].find((path) => path !== undefined && existsSync(join(path, marker)));
    if (found === undefined) {
      missing.push({ name: marker, get });
      continue;
    }
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { force: true });
    symlinkSync(found, link);
  }
  return missing;
}
