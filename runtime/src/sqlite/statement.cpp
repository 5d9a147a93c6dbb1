#include "overloaded.hpp"
#include "statement.hpp"

#include <asyncio/sqlite/error.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>
#include <variant>

namespace asyncio::sqlite::detail {
namespace {

/// The rest of `sql` after spaces and comments.
std::string_view without_comments(std::string_view sql) {
    for (;;) {
        while (!sql.empty() && std::isspace(static_cast<unsigned char>(sql.front())) != 0)
            sql.remove_prefix(1);
        std::string_view end;
        if (sql.starts_with("--"))
            end = "\n";
        else if (sql.starts_with("/*"))
            end = "*/";
        else
            return sql;
        const std::size_t found = sql.find(end, 2);
        sql.remove_prefix(found == std::string_view::npos ? sql.size() : found + end.size());
    }
}

bool starts_with_change(std::string_view sql) {
    constexpr std::array<std::string_view, 4> words = {"INSERT", "UPDATE", "DELETE", "REPLACE"};
    const std::string_view text = without_comments(sql);
    return std::ranges::any_of(words, [&](std::string_view word) {
        return text.size() >= word.size() &&
               std::ranges::equal(text.substr(0, word.size()), word, [](char a, char b) {
                   return std::toupper(static_cast<unsigned char>(a)) == b;
               });
    });
}

} // namespace

Statement::Statement(sqlite3* handle, const std::string& sql)
    : sql_(sql), changes_rows_(starts_with_change(sql)) {
    if (sql.size() > std::numeric_limits<int>::max()) throw DataError("query string is too large");
    if (sql.find('\0') != std::string::npos) throw ProgrammingError("the query contains a null character");
    sqlite3_stmt* made = nullptr;
    const char* rest = nullptr;
    check(sqlite3_prepare_v2(handle, sql.c_str(), static_cast<int>(sql.size()), &made, &rest), handle);
    statement_.reset(made);
    if (!without_comments(rest).empty())
        throw ProgrammingError("You can only execute one statement at a time.");
}

void Statement::bind(const Parameters& parameters) {
    const int wanted = sqlite3_bind_parameter_count(statement_.get());
    if (parameters.named.empty()) {
        const std::size_t given = parameters.values.size();
        if (given != static_cast<std::size_t>(wanted))
            throw ProgrammingError("Incorrect number of bindings supplied. The current statement uses " +
                                   std::to_string(wanted) + ", and there are " + std::to_string(given) +
                                   " supplied.");
        for (int index = 1; index <= wanted; ++index)
            bind(index, parameters.values[static_cast<std::size_t>(index) - 1]);
        return;
    }
    for (int index = 1; index <= wanted; ++index) {
        const char* name = sqlite3_bind_parameter_name(statement_.get(), index);
        if (name == nullptr || *name == '?')
            throw ProgrammingError("Binding " + std::to_string(index) +
                                   " has no name, but you supplied a dictionary (which has only names).");
        const auto found =
            std::ranges::find(parameters.named, std::string_view(name + 1),
                              [](const auto& entry) -> std::string_view { return entry.first; });
        if (found == parameters.named.end())
            throw ProgrammingError("You did not supply a value for binding parameter " + std::string(name) +
                                   ".");
        bind(index, found->second);
    }
}

void Statement::bind(int index, const Value& value) {
    sqlite3_stmt* const to = statement_.get();
    const int code = std::visit(
        Overloaded{
            [&](std::nullptr_t) { return sqlite3_bind_null(to, index); },
            [&](std::int64_t number) { return sqlite3_bind_int64(to, index, number); },
            [&](double number) { return sqlite3_bind_double(to, index, number); },
            [&](const std::string& text) {
                return sqlite3_bind_text64(to, index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
            },
            // A null pointer would bind null.
            [&](const Bytes& bytes) {
                return bytes.empty()
                           ? sqlite3_bind_zeroblob(to, index, 0)
                           : sqlite3_bind_blob64(to, index, bytes.data(), bytes.size(), SQLITE_STATIC);
            },
        },
        value.data());
    check(code, connection());
}

bool Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    sqlite3* const handle = connection();
    try {
        throw_error(code, handle);
    } catch (...) {
        reset();
        throw;
    }
}

void Statement::reset() noexcept {
    // Its result is the error of the last step, which was reported there.
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
}

std::vector<std::string> Statement::columns() const {
    std::vector<std::string> names;
    const int count = sqlite3_column_count(statement_.get());
    for (int index = 0; index < count; ++index)
        names.emplace_back(sqlite3_column_name(statement_.get(), index));
    return names;
}

std::vector<Value> Statement::row() const {
    std::vector<Value> values;
    const int count = sqlite3_data_count(statement_.get());
    values.reserve(static_cast<std::size_t>(count));
    for (int index = 0; index < count; ++index)
        values.push_back(value_of(sqlite3_column_value(statement_.get(), index)));
    return values;
}

Value value_of(sqlite3_value* value) {
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER: return {static_cast<std::int64_t>(sqlite3_value_int64(value))};
    case SQLITE_FLOAT: return {sqlite3_value_double(value)};
    case SQLITE_TEXT: {
        const unsigned char* text = sqlite3_value_text(value);
        return {std::string(reinterpret_cast<const char*>(text),
                            static_cast<std::size_t>(sqlite3_value_bytes(value)))};
    }
    case SQLITE_BLOB: {
        const auto* bytes = static_cast<const std::byte*>(sqlite3_value_blob(value));
        return {Bytes(bytes, bytes + sqlite3_value_bytes(value))};
    }
    default: return {};
    }
}

} // namespace asyncio::sqlite::detail
