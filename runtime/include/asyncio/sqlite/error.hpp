#pragma once

#include <asyncio/error.hpp>

#include <string>
#include <utility>

namespace asyncio::sqlite {

/// Base of all errors of SQLite; the classes are those of Python's sqlite3.
class Error : public asyncio::Error {
public:
    explicit Error(std::string message, int code = 0) : asyncio::Error(std::move(message)), code_(code) {}
    /// SQLite's extended result code, such as SQLITE_CONSTRAINT_UNIQUE; 0 if SQLite was not asked.
    int code() const noexcept { return code_; }
    /// "SQLITE_CONSTRAINT_UNIQUE"; empty without a code.
    std::string name() const;

private:
    int code_;
};

/// A value of another type than asked for, or a misuse of SQLite's interface.
class InterfaceError : public Error {
    using Error::Error;
};
class DatabaseError : public Error {
    using Error::Error;
};
/// A value that is too large.
class DataError : public DatabaseError {
    using DatabaseError::DatabaseError;
};
/// Wrong SQL, a locked database, a full disk, an interrupted query.
class OperationalError : public DatabaseError {
    using DatabaseError::DatabaseError;
};
/// A constraint of the database was violated.
class IntegrityError : public DatabaseError {
    using DatabaseError::DatabaseError;
};
class InternalError : public DatabaseError {
    using DatabaseError::DatabaseError;
};
/// A call that is wrong in itself: a closed connection, a wrong number of parameters.
class ProgrammingError : public DatabaseError {
    using DatabaseError::DatabaseError;
};

} // namespace asyncio::sqlite
