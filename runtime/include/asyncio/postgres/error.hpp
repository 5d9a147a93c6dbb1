#pragma once

#include <asyncio/error.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace asyncio::postgres {

/// Base of all errors of PostgreSQL; the classes are those of asyncpg.
class Error : public asyncio::Error {
    using asyncio::Error::Error;
};

/// A call that is wrong in itself: on a closed or busy connection, with a wrong number of arguments, for a value of
/// another type.
class InterfaceError : public Error {
    using Error::Error;
};

/// The server sent what no PostgreSQL server sends. The connection is ended.
class ProtocolError : public Error {
    using Error::Error;
};

/// What a server tells of an error. Texts that it did not send are empty.
struct ErrorFields {
    std::string severity = {};
    std::string sqlstate = {};
    std::string message = {};
    std::string detail = {};
    std::string hint = {};
    /// The character of the query, from 1.
    std::optional<int> position = {};
    /// Where in functions it happened.
    std::string context = {};
    std::string schema_name = {};
    std::string table_name = {};
    std::string column_name = {};
    std::string data_type_name = {};
    std::string constraint_name = {};
    /// The server's own function.
    std::string routine = {};
};

/// An error that the server reports. Its class is that of its SQLSTATE, or of the SQLSTATE's first two characters.
/// what() is the message with the lines DETAIL and HINT, if there are any.
class PostgresError : public Error {
public:
    explicit PostgresError(ErrorFields fields);

    /// "23505"
    const std::string& sqlstate() const noexcept { return fields_->sqlstate; }
    const std::string& message() const noexcept { return fields_->message; }
    const std::string& detail() const noexcept { return fields_->detail; }
    const std::string& hint() const noexcept { return fields_->hint; }
    std::optional<int> position() const noexcept { return fields_->position; }
    const std::string& constraint_name() const noexcept { return fields_->constraint_name; }
    const ErrorFields& fields() const noexcept { return *fields_; }

private:
    std::shared_ptr<const ErrorFields> fields_;
};

/// SQLSTATE 0A000.
class FeatureNotSupportedError : public PostgresError {
    using PostgresError::PostgresError;
};
/// A failure of the connection.
class PostgresConnectionError : public PostgresError {
    using PostgresError::PostgresError;
};
/// The connection has ended, also in the middle of a statement.
class ConnectionDoesNotExistError : public PostgresConnectionError {
    using PostgresConnectionError::PostgresConnectionError;
};
/// SQLSTATE 08006.
class ConnectionFailureError : public PostgresConnectionError {
    using PostgresConnectionError::PostgresConnectionError;
};
/// A value that is wrong for its type: also a parameter of another type than the query takes, which is
/// found before anything is sent.
class DataError : public PostgresError {
    using PostgresError::PostgresError;
};
/// SQLSTATE 22001.
class StringDataRightTruncationError : public DataError {
    using DataError::DataError;
};
/// SQLSTATE 22003.
class NumericValueOutOfRangeError : public DataError {
    using DataError::DataError;
};
/// SQLSTATE 22007.
class InvalidDatetimeFormatError : public DataError {
    using DataError::DataError;
};
/// SQLSTATE 22012.
class DivisionByZeroError : public DataError {
    using DataError::DataError;
};
/// SQLSTATE 22P02.
class InvalidTextRepresentationError : public DataError {
    using DataError::DataError;
};
/// A constraint of the database was violated.
class IntegrityConstraintViolationError : public PostgresError {
    using PostgresError::PostgresError;
};
/// SQLSTATE 23502.
class NotNullViolationError : public IntegrityConstraintViolationError {
    using IntegrityConstraintViolationError::IntegrityConstraintViolationError;
};
/// SQLSTATE 23503.
class ForeignKeyViolationError : public IntegrityConstraintViolationError {
    using IntegrityConstraintViolationError::IntegrityConstraintViolationError;
};
/// SQLSTATE 23505.
class UniqueViolationError : public IntegrityConstraintViolationError {
    using IntegrityConstraintViolationError::IntegrityConstraintViolationError;
};
/// SQLSTATE 23514.
class CheckViolationError : public IntegrityConstraintViolationError {
    using IntegrityConstraintViolationError::IntegrityConstraintViolationError;
};
/// SQLSTATE 23P01.
class ExclusionViolationError : public IntegrityConstraintViolationError {
    using IntegrityConstraintViolationError::IntegrityConstraintViolationError;
};
/// SQLSTATE 25000.
class InvalidTransactionStateError : public PostgresError {
    using PostgresError::PostgresError;
};
/// A cursor outside of a transaction.
class NoActiveSQLTransactionError : public InvalidTransactionStateError {
    using InvalidTransactionStateError::InvalidTransactionStateError;
};
/// SQLSTATE 25006.
class ReadOnlySQLTransactionError : public InvalidTransactionStateError {
    using InvalidTransactionStateError::InvalidTransactionStateError;
};
/// A statement of the transaction has failed: only a rollback is left.
class InFailedSQLTransactionError : public InvalidTransactionStateError {
    using InvalidTransactionStateError::InvalidTransactionStateError;
};
/// SQLSTATE 26000.
class InvalidSQLStatementNameError : public PostgresError {
    using PostgresError::PostgresError;
};
/// SQLSTATE 28000.
class InvalidAuthorizationSpecificationError : public PostgresError {
    using PostgresError::PostgresError;
};
/// SQLSTATE 28P01.
class InvalidPasswordError : public InvalidAuthorizationSpecificationError {
    using InvalidAuthorizationSpecificationError::InvalidAuthorizationSpecificationError;
};
/// There is no such database.
class InvalidCatalogNameError : public PostgresError {
    using PostgresError::PostgresError;
};
/// SQLSTATE 3F000.
class InvalidSchemaNameError : public PostgresError {
    using PostgresError::PostgresError;
};
/// The transaction was rolled back, and may succeed when it is tried again.
class TransactionRollbackError : public PostgresError {
    using PostgresError::PostgresError;
};
/// SQLSTATE 40001.
class SerializationError : public TransactionRollbackError {
    using TransactionRollbackError::TransactionRollbackError;
};
/// SQLSTATE 40P01.
class DeadlockDetectedError : public TransactionRollbackError {
    using TransactionRollbackError::TransactionRollbackError;
};
/// Wrong SQL, or a lack of privileges.
class SyntaxOrAccessError : public PostgresError {
    using PostgresError::PostgresError;
};
/// SQLSTATE 42501.
class InsufficientPrivilegeError : public SyntaxOrAccessError {
    using SyntaxOrAccessError::SyntaxOrAccessError;
};
/// SQLSTATE 42601.
class PostgresSyntaxError : public SyntaxOrAccessError {
    using SyntaxOrAccessError::SyntaxOrAccessError;
};
/// SQLSTATE 42703.
class UndefinedColumnError : public SyntaxOrAccessError {
    using SyntaxOrAccessError::SyntaxOrAccessError;
};
/// SQLSTATE 42804.
class DatatypeMismatchError : public SyntaxOrAccessError {
    using SyntaxOrAccessError::SyntaxOrAccessError;
};
/// SQLSTATE 42883.
class UndefinedFunctionError : public SyntaxOrAccessError {
    using SyntaxOrAccessError::SyntaxOrAccessError;
};
/// SQLSTATE 42P01.
class UndefinedTableError : public SyntaxOrAccessError {
    using SyntaxOrAccessError::SyntaxOrAccessError;
};
/// SQLSTATE 42P07.
class DuplicateTableError : public SyntaxOrAccessError {
    using SyntaxOrAccessError::SyntaxOrAccessError;
};
/// SQLSTATE 42710.
class DuplicateObjectError : public SyntaxOrAccessError {
    using SyntaxOrAccessError::SyntaxOrAccessError;
};
/// SQLSTATE 53000.
class InsufficientResourcesError : public PostgresError {
    using PostgresError::PostgresError;
};
/// SQLSTATE 53300.
class TooManyConnectionsError : public InsufficientResourcesError {
    using InsufficientResourcesError::InsufficientResourcesError;
};
/// SQLSTATE 54000.
class ProgramLimitExceededError : public PostgresError {
    using PostgresError::PostgresError;
};
/// SQLSTATE 55000.
class ObjectNotInPrerequisiteStateError : public PostgresError {
    using PostgresError::PostgresError;
};
/// SQLSTATE 55P03.
class LockNotAvailableError : public ObjectNotInPrerequisiteStateError {
    using ObjectNotInPrerequisiteStateError::ObjectNotInPrerequisiteStateError;
};
/// SQLSTATE 57000.
class OperatorInterventionError : public PostgresError {
    using PostgresError::PostgresError;
};
/// The statement was cancelled, or took longer than statement_timeout.
class QueryCanceledError : public OperatorInterventionError {
    using OperatorInterventionError::OperatorInterventionError;
};
/// SQLSTATE 57P01.
class AdminShutdownError : public OperatorInterventionError {
    using OperatorInterventionError::OperatorInterventionError;
};
/// The server is starting or shutting down.
class CannotConnectNowError : public OperatorInterventionError {
    using OperatorInterventionError::OperatorInterventionError;
};
/// RAISE EXCEPTION of a function.
class RaiseError : public PostgresError {
    using PostgresError::PostgresError;
};
/// SQLSTATE XX000.
class InternalServerError : public PostgresError {
    using PostgresError::PostgresError;
};

} // namespace asyncio::postgres
