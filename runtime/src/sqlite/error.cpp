#include "statement.hpp"

#include <asyncio/sqlite/error.hpp>

#include <array>
#include <new>
#include <string>
#include <utility>

namespace asyncio::sqlite {
namespace {

/// Names of the codes that a program is likely to meet.
#define ASYNCIO_NAMED(code)                                                                                  \
    std::pair { code, #code }
constexpr std::array names = {
    ASYNCIO_NAMED(SQLITE_ERROR),
    ASYNCIO_NAMED(SQLITE_INTERNAL),
    ASYNCIO_NAMED(SQLITE_PERM),
    ASYNCIO_NAMED(SQLITE_ABORT),
    ASYNCIO_NAMED(SQLITE_BUSY),
    ASYNCIO_NAMED(SQLITE_LOCKED),
    ASYNCIO_NAMED(SQLITE_NOMEM),
    ASYNCIO_NAMED(SQLITE_READONLY),
    ASYNCIO_NAMED(SQLITE_INTERRUPT),
    ASYNCIO_NAMED(SQLITE_IOERR),
    ASYNCIO_NAMED(SQLITE_CORRUPT),
    ASYNCIO_NAMED(SQLITE_NOTFOUND),
    ASYNCIO_NAMED(SQLITE_FULL),
    ASYNCIO_NAMED(SQLITE_CANTOPEN),
    ASYNCIO_NAMED(SQLITE_PROTOCOL),
    ASYNCIO_NAMED(SQLITE_SCHEMA),
    ASYNCIO_NAMED(SQLITE_TOOBIG),
    ASYNCIO_NAMED(SQLITE_CONSTRAINT),
    ASYNCIO_NAMED(SQLITE_MISMATCH),
    ASYNCIO_NAMED(SQLITE_MISUSE),
    ASYNCIO_NAMED(SQLITE_AUTH),
    ASYNCIO_NAMED(SQLITE_RANGE),
    ASYNCIO_NAMED(SQLITE_NOTADB),
    ASYNCIO_NAMED(SQLITE_ABORT_ROLLBACK),
    ASYNCIO_NAMED(SQLITE_BUSY_RECOVERY),
    ASYNCIO_NAMED(SQLITE_BUSY_SNAPSHOT),
    ASYNCIO_NAMED(SQLITE_CANTOPEN_ISDIR),
    ASYNCIO_NAMED(SQLITE_CONSTRAINT_CHECK),
    ASYNCIO_NAMED(SQLITE_CONSTRAINT_COMMITHOOK),
    ASYNCIO_NAMED(SQLITE_CONSTRAINT_FOREIGNKEY),
    ASYNCIO_NAMED(SQLITE_CONSTRAINT_FUNCTION),
    ASYNCIO_NAMED(SQLITE_CONSTRAINT_NOTNULL),
    ASYNCIO_NAMED(SQLITE_CONSTRAINT_PRIMARYKEY),
    ASYNCIO_NAMED(SQLITE_CONSTRAINT_TRIGGER),
    ASYNCIO_NAMED(SQLITE_CONSTRAINT_UNIQUE),
    ASYNCIO_NAMED(SQLITE_CONSTRAINT_ROWID),
    ASYNCIO_NAMED(SQLITE_CONSTRAINT_DATATYPE),
    ASYNCIO_NAMED(SQLITE_IOERR_READ),
    ASYNCIO_NAMED(SQLITE_IOERR_SHORT_READ),
    ASYNCIO_NAMED(SQLITE_IOERR_WRITE),
    ASYNCIO_NAMED(SQLITE_IOERR_FSYNC),
    ASYNCIO_NAMED(SQLITE_IOERR_TRUNCATE),
    ASYNCIO_NAMED(SQLITE_IOERR_DELETE),
    ASYNCIO_NAMED(SQLITE_IOERR_LOCK),
    ASYNCIO_NAMED(SQLITE_LOCKED_SHAREDCACHE),
    ASYNCIO_NAMED(SQLITE_READONLY_DBMOVED),
    ASYNCIO_NAMED(SQLITE_READONLY_DIRECTORY),
};
#undef ASYNCIO_NAMED

} // namespace

std::string Error::name() const {
    for (const auto& [code, name] : names)
        if (code == code_) return name;
    return code_ == 0 ? std::string() : "SQLite's code " + std::to_string(code_);
}

namespace detail {

void throw_error(int code, sqlite3* handle) {
    const int extended = handle == nullptr ? code : sqlite3_extended_errcode(handle);
    // The connection's own message is of its last error, which may be another one.
    std::string message = handle != nullptr && (extended & 0xff) == (code & 0xff) ? sqlite3_errmsg(handle)
                                                                                  : sqlite3_errstr(code);
    const int told = (extended & 0xff) == (code & 0xff) ? extended : code;
    // As Python's sqlite3 sorts them.
    switch (code & 0xff) {
    case SQLITE_NOMEM: throw std::bad_alloc();
    case SQLITE_INTERNAL:
    case SQLITE_NOTFOUND: throw InternalError(std::move(message), told);
    case SQLITE_ERROR:
    case SQLITE_PERM:
    case SQLITE_ABORT:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_READONLY:
    case SQLITE_INTERRUPT:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
    case SQLITE_EMPTY:
    case SQLITE_SCHEMA: throw OperationalError(std::move(message), told);
    case SQLITE_TOOBIG: throw DataError(std::move(message), told);
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH: throw IntegrityError(std::move(message), told);
    case SQLITE_MISUSE:
    case SQLITE_RANGE: throw InterfaceError(std::move(message), told);
    default: throw DatabaseError(std::move(message), told);
    }
}

} // namespace detail
} // namespace asyncio::sqlite
