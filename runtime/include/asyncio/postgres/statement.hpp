#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/postgres/cursor.hpp>
#include <asyncio/postgres/parameter.hpp>
#include <asyncio/postgres/record.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::postgres {
namespace detail {
class PreparedState;
} // namespace detail

/// A statement that the server has parsed, from Connection::prepare(). Copies share it; with the last one it ends.
/// The calls are those of Connection.
class PreparedStatement {
public:
    template <class T = Record, class... Args> Coro<std::vector<T>> fetch(Args&&... args) {
        return detail::all_of<T>(run(detail::parameters(std::forward<Args>(args)...), 0));
    }
    template <class T = Record, class... Args> Coro<std::optional<T>> fetchrow(Args&&... args) {
        return detail::first_of<T>(run(detail::parameters(std::forward<Args>(args)...), 1));
    }
    template <class T = Value, class... Args> Coro<T> fetchval(Args&&... args) {
        return detail::value_of<T>(run(detail::parameters(std::forward<Args>(args)...), 1));
    }
    template <std::ranges::input_range R> Coro<> executemany(R&& rows) {
        return run_many(detail::rows_of(std::forward<R>(rows)));
    }
    template <class... Args> Cursor cursor(Args&&... args) {
        return open_cursor(detail::parameters(std::forward<Args>(args)...));
    }

    const std::string& get_query() const;
    /// "SELECT 3", of the last execution; empty before.
    const std::string& get_statusmsg() const;
    /// The names of the parameters' types: "int4", "text[]".
    std::vector<std::string> get_parameters() const;
    /// The names of the columns.
    std::vector<std::string> get_attributes() const;

    /// For the library.
    explicit PreparedStatement(std::shared_ptr<detail::PreparedState> state) : state_(std::move(state)) {}

private:
    using Running = detail::RunningQuery;

    Running run(Parameters parameters, int limit);
    Coro<> run_many(std::vector<Parameters> rows);
    Cursor open_cursor(Parameters parameters);

    std::shared_ptr<detail::PreparedState> state_;
};

} // namespace asyncio::postgres
