#include "model.hpp"
#include "request_state.hpp"
#include "status.hpp"
#include "text.hpp"
#include "typed.hpp"

#include <asyncio/detail/utf8.hpp>
#include <asyncio/web/typed.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::web::detail {
namespace {

/// Whether the type, or what it holds, is a single value, as a query can have it.
bool is_single(const Type& type) {
    switch (type.kind) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::number:
    case Kind::text:
    case Kind::enumeration: return true;
    default: return false;
    }
}

const Type& without_optional(const Type& type) { return type.kind == Kind::optional ? type.element() : type; }

/// Texts of a query or of headers as JSON for a type, which may be a list; null if there are none.
Json json_of(const Type& type, std::vector<std::string> texts) {
    if (texts.empty()) return nullptr;
    for (std::string& text : texts) text = asyncio::detail::to_valid_utf8(std::move(text));
    if (without_optional(type).kind == Kind::list) return texts;
    return texts.front();
}

bool is_json(const Request& request) {
    const std::string type = request.content_type();
    return !request.headers().contains("Content-Type") || type == "application/json" ||
           (type.starts_with("application/") && type.ends_with("+json"));
}

/// The body as JSON: null if there is none, a text if it is of another type, nullopt if it is malformed.
std::optional<Json> parsed_body(const Request& request, const std::string& body, Converter& converter) {
    if (body.empty()) return Json();
    if (!is_json(request)) return Json(asyncio::detail::to_valid_utf8(body));
    try {
        return parse_json(body);
    } catch (const JsonError& error) {
        converter.fail("json_invalid", std::string("JSON decode error: ") + error.what());
        return std::nullopt;
    }
}

class Binder {
public:
    Binder(const Type& type, void* parameters, Request& request)
        : type_(type), parameters_(static_cast<char*>(parameters)), request_(request) {}

    const Converter& converter() const { return converter_; }

    /// Reads what is not in the body.
    void bind_head() {
        for (const Member& member : type_.members()) {
            const Place place = place_in_request(member);
            if (place == Place::body) continue;
            const std::string name =
                place == Place::header ? header_name(member) : std::string(public_name(member.name));
            const Converter::Inside outer(converter_, std::string(text_of(place)));
            const Converter::Inside inner(converter_, name);
            take(member, json_of(value_type(member), texts(place, name)));
        }
    }

    void bind_body(const std::string& text) {
        const Converter::Inside inside(converter_, "body");
        const std::optional<Json> parsed = parsed_body(request_, text, converter_);
        if (!parsed) return;
        const Json& body = *parsed;
        const std::vector<Member> members = body_members();
        if (members.size() == 1) return take(members.front(), body);
        if (!body.is_null() && !body.is_object())
            return converter_.fail("model_attributes_type",
                                   "Input should be a valid dictionary or object to extract fields from");
        for (const Member& member : members) {
            const std::string name(public_name(member.name));
            const Converter::Inside part(converter_, name);
            take(member, body.is_null() || !body.contains(name) ? Json() : body[name]);
        }
    }

    std::vector<Member> body_members() const {
        std::vector<Member> members;
        for (const Member& member : type_.members())
            if (place_in_request(member) == Place::body) members.push_back(member);
        return members;
    }

    /// What the struct itself has to say about its values.
    void validate() {
        if (!converter_.errors().empty() || !type_.validate) return;
        try {
            type_.validate(parameters_);
        } catch (const ValueError& error) {
            converter_.fail("value_error", std::string("Value error, ") + error.what());
        }
    }

private:
    Place place_in_request(const Member& member) const {
        return place_of(member, [&](std::string_view name) { return request_.match_info().contains(name); });
    }

    void take(const Member& member, const Json& json) {
        if (!json.is_null())
            converter_.convert(member.type(), parameters_ + member.offset, json);
        else if (member.required)
            converter_.fail_missing();
    }

    std::vector<std::string> texts(Place place, const std::string& name) const {
        if (place == Place::query) return request_.query().get_all(name);
        if (place == Place::header) return request_.headers().get_all(name);
        return {request_.match_info(name)};
    }

    const Type& type_;
    char* parameters_;
    Request& request_;
    Converter converter_;
};

} // namespace

std::string_view text_of(Place place) {
    switch (place) {
    case Place::path: return "path";
    case Place::query: return "query";
    case Place::header: return "header";
    case Place::body: return "body";
    }
    return "";
}

std::string header_name(const Member& member) {
    std::string name(public_name(member.name));
    std::ranges::replace(name, '_', '-');
    return name;
}

const Type& value_type(const Member& member) {
    const Type& type = member.type();
    return type.kind == Kind::header || type.kind == Kind::body ? type.element() : type;
}

Place place_of(const Member& member, const std::function<bool(std::string_view)>& in_path) {
    const Type& type = member.type();
    if (type.kind == Kind::header) return Place::header;
    if (type.kind == Kind::body) return Place::body;
    if (in_path(public_name(member.name))) return Place::path;
    const Type& held = without_optional(type);
    const bool is_query = is_single(held) || (held.kind == Kind::list && is_single(held.element()));
    return is_query ? Place::query : Place::body;
}

Coro<> bind(const Type& type, void* parameters, Request& request) {
    Binder binder(type, parameters, request);
    binder.bind_head();
    if (!binder.body_members().empty()) binder.bind_body(co_await request.read());
    binder.validate();
    if (!binder.converter().errors().empty()) throw RequestValidationError(binder.converter().errors());
}

Response response_of(const Type& type, const void* result, int status) {
    return json_response(to_json(type, result), {.status = status});
}

Response response_of_nothing(int status) {
    if (status == status::no_content) return {.status = status};
    return json_response(nullptr, {.status = status});
}

} // namespace asyncio::web::detail
