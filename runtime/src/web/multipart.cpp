#include "multipart.hpp"

#include "text.hpp"

#include <asyncio/web/error.hpp>

#include <cstddef>
#include <string>

namespace asyncio::web::detail {
namespace {

constexpr std::size_t longest_boundary = 70;
constexpr std::size_t most_parts = 1000;

FormField parsed_part(std::string_view part) {
    FormField field;
    bool named = false;
    for (;;) {
        const std::size_t end = part.find("\r\n");
        if (end == std::string_view::npos)
            throw HTTPBadRequest("a part of the form has no end of its headers");
        const std::string_view line = part.substr(0, end);
        part.remove_prefix(end + 2);
        if (line.empty()) break;
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos)
            throw HTTPBadRequest("a header of a part of the form has no colon");
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (same_ignoring_case(line.substr(0, colon), "Content-Type")) {
            field.content_type = value;
        } else if (same_ignoring_case(line.substr(0, colon), "Content-Disposition")) {
            const std::optional<std::string> name = parameter(value, "name");
            if (!name) throw HTTPBadRequest("a part of the form has no name");
            named = true;
            field.name = *name;
            field.filename = parameter(value, "filename");
        }
    }
    if (!named) throw HTTPBadRequest("a part of the form has no Content-Disposition");
    if (field.content_type.empty())
        field.content_type = field.filename ? "application/octet-stream" : "text/plain";
    field.value = part;
    return field;
}

} // namespace

std::vector<FormField> parsed_multipart(std::string_view body, std::string_view content_type) {
    const std::optional<std::string> boundary = parameter(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > longest_boundary)
        throw HTTPBadRequest("the Content-Type of the form has no valid boundary");
    const std::string line = "--" + *boundary;
    const std::string separator = "\r\n" + line;
    std::size_t at = body.find(line);
    if (at == std::string_view::npos || (at != 0 && !body.substr(0, at).ends_with("\r\n")))
        throw HTTPBadRequest("the form does not contain its boundary");
    at += line.size();
    std::vector<FormField> fields;
    for (;;) {
        if (body.substr(at).starts_with("--")) return fields;
        if (!body.substr(at).starts_with("\r\n"))
            throw HTTPBadRequest("a boundary of the form does not end its line");
        at += 2;
        const std::size_t end = body.find(separator, at);
        if (end == std::string_view::npos) throw HTTPBadRequest("the form does not end with its boundary");
        if (fields.size() == most_parts) throw HTTPBadRequest("the form has too many parts");
        fields.push_back(parsed_part(body.substr(at, end - at)));
        at = end + separator.size();
    }
}

} // namespace asyncio::web::detail
