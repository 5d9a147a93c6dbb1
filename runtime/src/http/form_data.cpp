#include <asyncio/error.hpp>
#include <asyncio/http/form_data.hpp>

#include <algorithm>
#include <format>
#include <random>
#include <string_view>
#include <utility>

namespace asyncio::http {
namespace {

/// Quotes the name of a field or a file like browsers; quotes and line breaks would end it.
std::string in_quotes(std::string_view name) {
    std::string text = "\"";
    for (const char letter : name) {
        switch (letter) {
        case '"': text += "%22"; break;
        case '\r': text += "%0D"; break;
        case '\n': text += "%0A"; break;
        default: text += letter;
        }
    }
    return text + '"';
}

std::string random_boundary() {
    std::random_device random;
    return std::format("----asyncio{:08x}{:08x}", random(), random());
}

} // namespace

FormData::FormData(initializer_list_t fields) {
    for (const auto& [name, value] : fields) add_field(name, value);
}

FormData::FormData(Fields fields) {
    for (auto& [name, value] : fields) add_field(std::move(name), std::move(value));
}

FormData& FormData::add_field(std::string name, std::string value, FieldOptions options) {
    if (options.content_type &&
        options.content_type->find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
        throw ValueError(
            std::format("the content type of form field {} contains a line break or a NUL", in_quotes(name)));
    parts_.push_back({.name = std::move(name), .value = std::move(value), .options = std::move(options)});
    return *this;
}

bool FormData::is_multipart() const noexcept {
    return std::ranges::any_of(
        parts_, [](const Part& part) { return part.options.filename || part.options.content_type; });
}

FormData::Encoded FormData::encode() const {
    if (!is_multipart()) {
        Fields fields;
        for (const Part& part : parts_) fields.emplace_back(part.name, part.value);
        return {.body = form_encode(fields), .content_type = "application/x-www-form-urlencoded"};
    }
    const auto occurs = [&](const std::string& text) {
        return std::ranges::any_of(parts_, [&](const Part& part) { return part.value.contains(text); });
    };
    std::string boundary = random_boundary();
    while (occurs(boundary)) boundary = random_boundary();

    std::string body;
    for (const auto& [name, value, options] : parts_) {
        body += std::format("--{}\r\nContent-Disposition: form-data; name={}", boundary, in_quotes(name));
        if (options.filename) body += "; filename=" + in_quotes(*options.filename);
        if (options.filename || options.content_type)
            body += "\r\nContent-Type: " + options.content_type.value_or("application/octet-stream");
        body += "\r\n\r\n" + value + "\r\n";
    }
    body += std::format("--{}--\r\n", boundary);
    return {.body = std::move(body), .content_type = "multipart/form-data; boundary=" + boundary};
}

} // namespace asyncio::http
