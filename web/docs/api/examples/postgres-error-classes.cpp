// The class of each SQLSTATE of PostgreSQL
#include <asyncio.hpp>
#include <asyncio/postgres.hpp>
#include <format>
#include <print>
#include <string>
namespace postgres = asyncio::postgres;

template <class E> asyncio::Coro<> expect(postgres::Connection connection, std::string sqlstate) {
    const auto raise = std::format("DO $$ BEGIN RAISE EXCEPTION 'made' USING ERRCODE = '{}'; END $$", sqlstate);
    const auto raised = co_await asyncio::outcome(connection.execute(raise));
    if (!raised && asyncio::is<E>(raised.error()))
        std::println("{} {}", sqlstate, asyncio::type_name(raised.error()));
}

asyncio::Coro<> amain() {
    auto connection = co_await postgres::connect();
    co_await expect<postgres::PostgresConnectionError>(connection, "08000");
    co_await expect<postgres::ConnectionDoesNotExistError>(connection, "08003");
    co_await expect<postgres::ConnectionFailureError>(connection, "08006");
    co_await expect<postgres::FeatureNotSupportedError>(connection, "0A000");
    co_await expect<postgres::DataError>(connection, "22000");
    co_await expect<postgres::StringDataRightTruncationError>(connection, "22001");
    co_await expect<postgres::NumericValueOutOfRangeError>(connection, "22003");
    co_await expect<postgres::InvalidDatetimeFormatError>(connection, "22007");
    co_await expect<postgres::DivisionByZeroError>(connection, "22012");
    co_await expect<postgres::InvalidTextRepresentationError>(connection, "22P02");
    co_await expect<postgres::IntegrityConstraintViolationError>(connection, "23000");
    co_await expect<postgres::NotNullViolationError>(connection, "23502");
    co_await expect<postgres::ForeignKeyViolationError>(connection, "23503");
    co_await expect<postgres::UniqueViolationError>(connection, "23505");
    co_await expect<postgres::CheckViolationError>(connection, "23514");
    co_await expect<postgres::ExclusionViolationError>(connection, "23P01");
    co_await expect<postgres::InvalidTransactionStateError>(connection, "25000");
    co_await expect<postgres::ReadOnlySQLTransactionError>(connection, "25006");
    co_await expect<postgres::NoActiveSQLTransactionError>(connection, "25P01");
    co_await expect<postgres::InFailedSQLTransactionError>(connection, "25P02");
    co_await expect<postgres::InvalidSQLStatementNameError>(connection, "26000");
    co_await expect<postgres::InvalidAuthorizationSpecificationError>(connection, "28000");
    co_await expect<postgres::InvalidPasswordError>(connection, "28P01");
    co_await expect<postgres::InvalidCatalogNameError>(connection, "3D000");
    co_await expect<postgres::InvalidSchemaNameError>(connection, "3F000");
    co_await expect<postgres::TransactionRollbackError>(connection, "40000");
    co_await expect<postgres::SerializationError>(connection, "40001");
    co_await expect<postgres::DeadlockDetectedError>(connection, "40P01");
    co_await expect<postgres::SyntaxOrAccessError>(connection, "42000");
    co_await expect<postgres::InsufficientPrivilegeError>(connection, "42501");
    co_await expect<postgres::PostgresSyntaxError>(connection, "42601");
    co_await expect<postgres::UndefinedColumnError>(connection, "42703");
    co_await expect<postgres::DuplicateObjectError>(connection, "42710");
    co_await expect<postgres::DatatypeMismatchError>(connection, "42804");
    co_await expect<postgres::UndefinedFunctionError>(connection, "42883");
    co_await expect<postgres::UndefinedTableError>(connection, "42P01");
    co_await expect<postgres::DuplicateTableError>(connection, "42P07");
    co_await expect<postgres::InsufficientResourcesError>(connection, "53000");
    co_await expect<postgres::TooManyConnectionsError>(connection, "53300");
    co_await expect<postgres::ProgramLimitExceededError>(connection, "54000");
    co_await expect<postgres::ObjectNotInPrerequisiteStateError>(connection, "55000");
    co_await expect<postgres::LockNotAvailableError>(connection, "55P03");
    co_await expect<postgres::OperatorInterventionError>(connection, "57000");
    co_await expect<postgres::QueryCanceledError>(connection, "57014");
    co_await expect<postgres::AdminShutdownError>(connection, "57P01");
    co_await expect<postgres::CannotConnectNowError>(connection, "57P03");
    co_await expect<postgres::RaiseError>(connection, "P0001");
    co_await expect<postgres::InternalServerError>(connection, "XX000");
    co_await connection.close();
}

int main() { asyncio::run(amain()); }
