# asyncio::sqlite, the part that needs SQLite. In this repository it is built with the amalgamation that the set-up
# unpacks, elsewhere with the system's library; without either there is no such target.

set(ASYNCIO_SQLITE_AMALGAMATION ${PROJECT_SOURCE_DIR}/build/toolchain/libraries/sqlite CACHE PATH
  "The folder with sqlite3.c and sqlite3.h")
if(PROJECT_IS_TOP_LEVEL AND EXISTS ${ASYNCIO_SQLITE_AMALGAMATION}/sqlite3.c)
  add_library(asyncio_sqlite3 OBJECT ${ASYNCIO_SQLITE_AMALGAMATION}/sqlite3.c)
  target_include_directories(asyncio_sqlite3 SYSTEM PUBLIC ${ASYNCIO_SQLITE_AMALGAMATION})
  target_compile_definitions(asyncio_sqlite3 PRIVATE
    SQLITE_THREADSAFE=1
    SQLITE_ENABLE_FTS5
    SQLITE_ENABLE_MATH_FUNCTIONS
    SQLITE_ENABLE_RTREE
    SQLITE_OMIT_LOAD_EXTENSION
  )
  # Not ours to check: with sanitizers it takes minutes to compile.
  target_compile_options(asyncio_sqlite3 PRIVATE -w -O2 -fno-sanitize=all)
  if(EMSCRIPTEN)
    # Files of a page cannot be mapped as memory that connections share, which WAL needs.
    target_compile_definitions(asyncio_sqlite3 PRIVATE SQLITE_OMIT_WAL SQLITE_TEMP_STORE=3)
  endif()
else()
  find_package(SQLite3 QUIET)
  if(NOT SQLite3_FOUND)
    return()
  endif()
endif()

asyncio_part(sqlite)
if(TARGET asyncio_sqlite3)
  target_link_libraries(asyncio_sqlite PUBLIC asyncio_sqlite3)
else()
  target_link_libraries(asyncio_sqlite PUBLIC SQLite::SQLite3)
  install(TARGETS asyncio_sqlite EXPORT asyncio-targets)
endif()
