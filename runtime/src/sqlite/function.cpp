#include "database.hpp"
#include "overloaded.hpp"

#include <asyncio/sqlite/connection.hpp>
#include <asyncio/sqlite/error.hpp>

#include <exception>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace asyncio::sqlite {
namespace {

using detail::Aggregate;
using detail::AggregateFactory;
using detail::Database;
using detail::Function;
using Compare = std::function<int(std::string_view, std::string_view)>;

std::vector<Value> arguments_of(int count, sqlite3_value** given) {
    std::vector<Value> values;
    values.reserve(static_cast<std::size_t>(count));
    for (int index = 0; index < count; ++index) values.push_back(detail::value_of(given[index]));
    return values;
}

void give(sqlite3_context* context, const Value& value) {
    std::visit(
        detail::Overloaded{
            [&](std::nullptr_t) { sqlite3_result_null(context); },
            [&](std::int64_t number) { sqlite3_result_int64(context, number); },
            [&](double number) { sqlite3_result_double(context, number); },
            [&](const std::string& text) {
                sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
            },
            [&](const Bytes& bytes) {
                sqlite3_result_blob64(context, bytes.empty() ? "" : static_cast<const void*>(bytes.data()),
                                      bytes.size(), SQLITE_TRANSIENT);
            },
        },
        value.data());
}

/// No exception may pass through SQLite: it becomes the statement's error.
template <class F> void guarded(sqlite3_context* context, F call) noexcept {
    try {
        call();
    } catch (const std::bad_alloc&) {
        sqlite3_result_error_nomem(context);
    } catch (...) {
        const std::string text = "user-defined function raised " + describe(std::current_exception());
        sqlite3_result_error(context, text.c_str(), -1);
    }
}

void call_function(sqlite3_context* context, int count, sqlite3_value** given) noexcept {
    guarded(context, [&] {
        give(context, (*static_cast<Function*>(sqlite3_user_data(context)))(arguments_of(count, given)));
    });
}

/// The group's object, to which SQLite keeps a pointer; null where there is none.
Aggregate** object_of(sqlite3_context* context, bool make_room) {
    return static_cast<Aggregate**>(sqlite3_aggregate_context(context, make_room ? sizeof(Aggregate*) : 0));
}

void step(sqlite3_context* context, int count, sqlite3_value** given) noexcept {
    guarded(context, [&] {
        Aggregate** const object = object_of(context, true);
        if (object == nullptr) throw std::bad_alloc();
        if (*object == nullptr)
            *object = (*static_cast<AggregateFactory*>(sqlite3_user_data(context)))().release();
        (*object)->step(arguments_of(count, given));
    });
}

/// For a group without rows the value is null, as in Python.
void finalize(sqlite3_context* context) noexcept {
    Aggregate** const object = object_of(context, false);
    if (object == nullptr || *object == nullptr) return;
    const std::unique_ptr<Aggregate> end(std::exchange(*object, nullptr));
    guarded(context, [&] { give(context, end->finalize()); });
}

template <class T> void destroy(void* object) noexcept { delete static_cast<T*>(object); }

int compare(void* collation, int left_size, const void* left, int right_size, const void* right) noexcept {
    const std::string_view a(static_cast<const char*>(left), static_cast<std::size_t>(left_size));
    const std::string_view b(static_cast<const char*>(right), static_cast<std::size_t>(right_size));
    try {
        return (*static_cast<Compare*>(collation))(a, b);
    } catch (...) {
        // SQLite's collations have no way to fail; Python takes the texts for equal as well.
        return 0;
    }
}

/// The database takes over `object`, also when it fails.
Coro<> add(std::shared_ptr<Database> database, std::function<int(sqlite3*)> function) {
    co_await Database::run(database, [&, database = database.get()] {
        detail::check(function(database->handle()), database->handle());
    });
}

} // namespace

Coro<> Connection::add_function(std::string name, int arity, Function function, FunctionOptions options) {
    return add(database_, [name = std::move(name), arity, function = std::move(function),
                           options](sqlite3* handle) mutable {
        const int flags = SQLITE_UTF8 | (options.deterministic ? SQLITE_DETERMINISTIC : 0);
        return sqlite3_create_function_v2(handle, name.c_str(), arity, flags,
                                          new Function(std::move(function)), call_function, nullptr, nullptr,
                                          destroy<Function>);
    });
}

Coro<> Connection::add_aggregate(std::string name, int arity, AggregateFactory make) {
    return add(database_, [name = std::move(name), arity, make = std::move(make)](sqlite3* handle) mutable {
        return sqlite3_create_function_v2(handle, name.c_str(), arity, SQLITE_UTF8,
                                          new AggregateFactory(std::move(make)), nullptr, step, finalize,
                                          destroy<AggregateFactory>);
    });
}

Coro<> Connection::create_collation(std::string name, Compare function) {
    return add(database_, [name = std::move(name), function = std::move(function)](sqlite3* handle) mutable {
        auto* const kept = new Compare(std::move(function));
        const int code =
            sqlite3_create_collation_v2(handle, name.c_str(), SQLITE_UTF8, kept, compare, destroy<Compare>);
        // Unlike for functions, SQLite does not call the destructor on failure.
        if (code != SQLITE_OK) delete kept;
        return code;
    });
}

} // namespace asyncio::sqlite
