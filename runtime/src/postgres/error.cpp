#include "throw_error.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace asyncio::postgres {
namespace {

template <class E> [[noreturn]] void raise(ErrorFields fields) { throw E(std::move(fields)); }

struct Known {
    std::string_view sqlstate;
    void (*raise)(ErrorFields fields);
};

constexpr std::array known_errors = {
    Known{.sqlstate = "08000", .raise = raise<PostgresConnectionError>},
    Known{.sqlstate = "08003", .raise = raise<ConnectionDoesNotExistError>},
    Known{.sqlstate = "08006", .raise = raise<ConnectionFailureError>},
    Known{.sqlstate = "0A000", .raise = raise<FeatureNotSupportedError>},
    Known{.sqlstate = "22000", .raise = raise<DataError>},
    Known{.sqlstate = "22001", .raise = raise<StringDataRightTruncationError>},
    Known{.sqlstate = "22003", .raise = raise<NumericValueOutOfRangeError>},
    Known{.sqlstate = "22007", .raise = raise<InvalidDatetimeFormatError>},
    Known{.sqlstate = "22012", .raise = raise<DivisionByZeroError>},
    Known{.sqlstate = "22P02", .raise = raise<InvalidTextRepresentationError>},
    Known{.sqlstate = "23000", .raise = raise<IntegrityConstraintViolationError>},
    Known{.sqlstate = "23502", .raise = raise<NotNullViolationError>},
    Known{.sqlstate = "23503", .raise = raise<ForeignKeyViolationError>},
    Known{.sqlstate = "23505", .raise = raise<UniqueViolationError>},
    Known{.sqlstate = "23514", .raise = raise<CheckViolationError>},
    Known{.sqlstate = "23P01", .raise = raise<ExclusionViolationError>},
    Known{.sqlstate = "25000", .raise = raise<InvalidTransactionStateError>},
    Known{.sqlstate = "25006", .raise = raise<ReadOnlySQLTransactionError>},
    Known{.sqlstate = "25P01", .raise = raise<NoActiveSQLTransactionError>},
    Known{.sqlstate = "25P02", .raise = raise<InFailedSQLTransactionError>},
    Known{.sqlstate = "26000", .raise = raise<InvalidSQLStatementNameError>},
    Known{.sqlstate = "28000", .raise = raise<InvalidAuthorizationSpecificationError>},
    Known{.sqlstate = "28P01", .raise = raise<InvalidPasswordError>},
    Known{.sqlstate = "3D000", .raise = raise<InvalidCatalogNameError>},
    Known{.sqlstate = "3F000", .raise = raise<InvalidSchemaNameError>},
    Known{.sqlstate = "40000", .raise = raise<TransactionRollbackError>},
    Known{.sqlstate = "40001", .raise = raise<SerializationError>},
    Known{.sqlstate = "40P01", .raise = raise<DeadlockDetectedError>},
    Known{.sqlstate = "42000", .raise = raise<SyntaxOrAccessError>},
    Known{.sqlstate = "42501", .raise = raise<InsufficientPrivilegeError>},
    Known{.sqlstate = "42601", .raise = raise<PostgresSyntaxError>},
    Known{.sqlstate = "42703", .raise = raise<UndefinedColumnError>},
    Known{.sqlstate = "42710", .raise = raise<DuplicateObjectError>},
    Known{.sqlstate = "42804", .raise = raise<DatatypeMismatchError>},
    Known{.sqlstate = "42883", .raise = raise<UndefinedFunctionError>},
    Known{.sqlstate = "42P01", .raise = raise<UndefinedTableError>},
    Known{.sqlstate = "42P07", .raise = raise<DuplicateTableError>},
    Known{.sqlstate = "53000", .raise = raise<InsufficientResourcesError>},
    Known{.sqlstate = "53300", .raise = raise<TooManyConnectionsError>},
    Known{.sqlstate = "54000", .raise = raise<ProgramLimitExceededError>},
    Known{.sqlstate = "55000", .raise = raise<ObjectNotInPrerequisiteStateError>},
    Known{.sqlstate = "55P03", .raise = raise<LockNotAvailableError>},
    Known{.sqlstate = "57000", .raise = raise<OperatorInterventionError>},
    Known{.sqlstate = "57014", .raise = raise<QueryCanceledError>},
    Known{.sqlstate = "57P01", .raise = raise<AdminShutdownError>},
    Known{.sqlstate = "57P03", .raise = raise<CannotConnectNowError>},
    Known{.sqlstate = "P0001", .raise = raise<RaiseError>},
    Known{.sqlstate = "XX000", .raise = raise<InternalServerError>},
};

const Known* find_error(std::string_view sqlstate) {
    const auto found = std::ranges::find(known_errors, sqlstate, &Known::sqlstate);
    return found == known_errors.end() ? nullptr : &*found;
}

std::string with_lines(const ErrorFields& fields) {
    std::string text = fields.message;
    if (!fields.detail.empty()) text += "\nDETAIL:  " + fields.detail;
    if (!fields.hint.empty()) text += "\nHINT:  " + fields.hint;
    return text;
}

} // namespace

PostgresError::PostgresError(ErrorFields fields)
    : Error(with_lines(fields)), fields_(std::make_shared<const ErrorFields>(std::move(fields))) {}

void detail::throw_error(ErrorFields fields) {
    const Known* found = find_error(fields.sqlstate);
    if (found == nullptr) found = find_error(fields.sqlstate.substr(0, 2) + "000");
    if (found == nullptr) throw PostgresError(std::move(fields));
    found->raise(std::move(fields));
    std::unreachable();
}

void detail::throw_data_error(std::string message) {
    throw DataError({.severity = "ERROR", .sqlstate = "22000", .message = std::move(message)});
}

} // namespace asyncio::postgres
