#include "session.hpp"
#include "types.hpp"

#include <format>

namespace asyncio::postgres::detail {

void write_parse(MessageWriter& writer, const std::string& name, const std::string& sql) {
    writer.begin('P').text(name).text(sql).int16(0).end();
    writer.begin('D').byte('S').text(name).end();
}

void write_bind(MessageWriter& writer, const std::string& portal, const Statement& statement,
                const Parameters& parameters) {
    constexpr std::int64_t null_length = -1;
    // No formats: all parameters and columns are texts.
    writer.begin('B').text(portal).text(statement.name).int16(0).int16(parameters.size());
    for (const Parameter& parameter : parameters) {
        if (const std::optional<std::string>& text = parameter.text())
            writer.int32(static_cast<std::int64_t>(text->size())).bytes(*text);
        else
            writer.int32(null_length);
    }
    writer.int16(0).end();
}

void write_execute(MessageWriter& writer, const std::string& portal, int limit) {
    writer.begin('E').text(portal).int32(limit).end();
}

void write_close(MessageWriter& writer, char kind, const std::string& name) {
    writer.begin('C').byte(kind).text(name).end();
}

void write_sync(MessageWriter& writer) { writer.begin('S').end(); }

std::string query_message(const std::string& sql) {
    MessageWriter writer;
    writer.begin('Q').text(sql).end();
    return writer.take();
}

void require_parameters(const Parameters& parameters, const Statement& statement) {
    const std::size_t wanted = statement.parameters.size();
    if (parameters.size() != wanted)
        throw InterfaceError(std::format("the server expects {} argument{} for this query, {} {} passed",
                                         wanted, wanted == 1 ? "" : "s", parameters.size(),
                                         parameters.size() == 1 ? "was" : "were"));
    for (std::size_t i = 0; i < wanted; ++i) require_fits(parameters[i], statement.parameters[i], i + 1);
}

std::string quoted(const std::string& name) {
    std::string made = "\"";
    for (const char c : name) {
        if (c == '"') made += '"';
        made += c;
    }
    return made + '"';
}

} // namespace asyncio::postgres::detail
