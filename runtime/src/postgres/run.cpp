#include "run.hpp"

#include <cstddef>
#include <optional>

namespace asyncio::postgres::detail {
namespace {

/// Rows are sent in parts of this size.
constexpr std::size_t part_size = std::size_t{64} * 1024;

/// The text format of COPY: tabs between columns, backslashes before what would be one.
void write_copied(std::string& line, const Parameters& row) {
    for (const Parameter& parameter : row) {
        if (&parameter != &row.front()) line += '\t';
        if (!parameter.text()) {
            line += "\\N";
            continue;
        }
        for (const char c : *parameter.text()) {
            switch (c) {
            case '\\': line += "\\\\"; break;
            case '\n': line += "\\n"; break;
            case '\r': line += "\\r"; break;
            case '\t': line += "\\t"; break;
            default: line += c;
            }
        }
    }
    line += '\n';
}

std::string message_of(char type) {
    MessageWriter writer;
    writer.begin(type).end();
    return writer.take();
}

/// An error, so that the rows before it are taken back.
std::string failing_sync() {
    MessageWriter writer;
    write_bind(writer, "",
               Statement{.name = "__asyncio_given_up__", .sql = {}, .parameters = {}, .columns = nullptr},
               {});
    write_sync(writer);
    return writer.take();
}

std::string copy_fail() {
    MessageWriter writer;
    writer.begin('f').text("given up").end();
    return writer.take();
}

} // namespace

Coro<> run_for_rows(std::shared_ptr<Session> session, std::shared_ptr<const Statement> statement,
                    std::vector<Parameters> rows) {
    for (const Parameters& row : rows) require_parameters(row, *statement);
    std::size_t next = 0;
    const auto more = [&]() -> std::optional<std::string> {
        if (next == rows.size()) return std::nullopt;
        MessageWriter writer;
        while (next < rows.size() && writer.size() < part_size) {
            write_bind(writer, "", *statement, rows[next++]);
            write_execute(writer, "", 1);
        }
        return writer.take();
    };
    co_await Session::exchange(session, {.messages = {},
                                         .columns = statement->columns,
                                         .more = more,
                                         .tail = message_of('S'),
                                         .tail_when_given_up = failing_sync(),
                                         .keeps_rows = false});
}

Coro<std::string> copy_rows(std::shared_ptr<Session> session, std::string sql, std::vector<Parameters> rows) {
    std::size_t next = 0;
    const auto more = [&]() -> std::optional<std::string> {
        if (next == rows.size()) return std::nullopt;
        std::string lines;
        while (next < rows.size() && lines.size() < part_size) write_copied(lines, rows[next++]);
        MessageWriter writer;
        writer.begin('d').bytes(lines).end();
        return writer.take();
    };
    // The rows follow at once: where the server refuses the statement it skips them.
    Reply reply = co_await Session::exchange(session, {.messages = query_message(sql),
                                                       .columns = nullptr,
                                                       .more = more,
                                                       .tail = message_of('c'),
                                                       .tail_when_given_up = copy_fail(),
                                                       .keeps_rows = false});
    co_return std::move(reply.status);
}

} // namespace asyncio::postgres::detail
