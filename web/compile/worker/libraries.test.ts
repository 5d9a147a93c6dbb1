import { describe, expect, test } from '@jest/globals';
import { libraryFile, librariesOf } from './libraries.js';

describe('the libraries of a program', () => {
  test.each(['#include <asyncio/sqlite.hpp>\n', 'int x;\n  #  include "sqlite3.h"', '#include <asyncio/sqlite/value.hpp>'])('are those whose headers it includes: %j', (text) => {
    expect(librariesOf({ 'main.cpp': text })).toEqual(['sqlite']);
    expect(librariesOf({ 'main.cpp': '', 'db.hpp': text })).toEqual(['sqlite']);
  });

  test('are several for a program that includes several', () => {
    expect(librariesOf({ 'main.cpp': '#include <asyncio/web.hpp>\n#include <asyncio/sqlite.hpp>\n' })).toEqual(['sqlite', 'web']);
    expect(librariesOf({ 'main.cpp': '#include <asyncio/logging.hpp>\n#include <asyncio/broker.hpp>\n' })).toEqual(['broker', 'logging']);
    expect(librariesOf({ 'main.cpp': '#include <asyncio/websocket/serve.hpp>' })).toEqual(['web']);
    expect(librariesOf({ 'main.cpp': '#include <asyncio/websocket/websocket.hpp>' })).toEqual([]);
    expect(librariesOf({ 'main.cpp': '#include <asyncio/postgres/pool.hpp>' })).toEqual(['postgres']);
    expect(librariesOf({ 'main.cpp': '#include <asyncio/profile.hpp>' })).toEqual(['profile']);
    expect(librariesOf({ 'main.cpp': '#include <asyncio/testing.hpp>' })).toEqual(['testing']);
    expect(librariesOf({ 'main.cpp': '#include <asyncio/testing/async_mock.hpp>' })).toEqual(['testing']);
  });

  test.each(['#include <asyncio.hpp>', '// #include <sqlite3.h>', 'const char* text = "#include <sqlite3.h>";', '#include "my_sqlite3.h"'])('are none for %j', (text) => {
    expect(librariesOf({ 'main.cpp': text })).toEqual([]);
  });

  test('have a file for each main module', () => {
    expect(libraryFile('sqlite', false)).toBe('sqlite.a');
    expect(libraryFile('sqlite', true)).toBe('sqlite-threads.a');
  });
});
