#pragma once

#include <asyncio/http/url.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::http {

/// Options for a field that is more than a name and a value.
struct FieldOptions {
    /// Makes the field a file.
    std::optional<std::string> filename = {};
    std::optional<std::string> content_type = {};
};

/// A form as sent by browsers, after aiohttp's FormData: fields and files. If it has a file, or a field with
/// a media type, it is sent as multipart/form-data, otherwise as application/x-www-form-urlencoded.
class FormData {
public:
    using initializer_list_t = std::initializer_list<std::pair<std::string, std::string>>;

    FormData() = default;
    FormData(initializer_list_t fields);
    FormData(Fields fields);

    /// Raises ValueError for a media type that contains a line break or a NUL.
    FormData& add_field(std::string name, std::string value, FieldOptions options = {});

    bool is_multipart() const noexcept;

    struct Encoded {
        std::string body;
        std::string content_type;
    };
    Encoded encode() const;

private:
    struct Part {
        std::string name;
        std::string value;
        FieldOptions options;
    };
    std::vector<Part> parts_;
};

} // namespace asyncio::http
