#include "app_state.hpp"
#include "model.hpp"
#include "status.hpp"
#include "text.hpp"
#include "typed.hpp"

#include <asyncio/web/typed.hpp>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::web {
namespace {

using detail::Kind;
using detail::Member;
using detail::Operation;
using detail::Place;
using detail::Type;

/// "Item" for "shop::Item" and "Page_Item" for "shop::Page<shop::Item>".
std::string short_name(std::string_view spelt) {
    std::string name;
    std::size_t word = 0;
    for (const char letter : spelt) {
        if (std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_') {
            name += letter;
        } else if (letter == ':') {
            name.resize(word);
        } else if (letter == '<' || letter == ',') {
            name += '_';
            word = name.size();
        }
    }
    return name;
}

std::string with_underscores(std::string_view spelt) {
    std::string name;
    for (const char letter : spelt) {
        const bool kept = std::isalnum(static_cast<unsigned char>(letter)) != 0;
        if (kept || !name.ends_with('_')) name += kept ? letter : '_';
    }
    return name;
}

class Description {
public:
    Json schema_of(const Type& type) {
        switch (type.kind) {
        case Kind::boolean: return {{"type", "boolean"}};
        case Kind::integer: return integer_schema(type);
        case Kind::number: return {{"type", "number"}};
        case Kind::text: return {{"type", "string"}};
        case Kind::json: return Json::object();
        case Kind::optional: return {{"anyOf", {schema_of(type.element()), {{"type", "null"}}}}};
        case Kind::list: return {{"type", "array"}, {"items", schema_of(type.element())}};
        case Kind::map: return {{"type", "object"}, {"additionalProperties", schema_of(type.element())}};
        case Kind::header:
        case Kind::body: return schema_of(type.element());
        case Kind::object:
        case Kind::enumeration: return {{"$ref", "#/components/schemas/" + component(type)}};
        }
        return Json::object();
    }

    void add(const detail::Resource& resource, const std::string& prefix) {
        const std::string path = prefix + resource.pattern.without_expressions();
        for (const auto& [method, handler] : resource.methods) {
            const TypedHandler* const typed = handler.target<TypedHandler>();
            // What answers GET answers HEAD too.
            const bool is_head_of_get =
                method == "HEAD" && std::ranges::contains(resource.methods, "GET", [](const auto& each) {
                    return std::string_view(each.first);
                });
            if (!typed || method == "*" || is_head_of_get) continue;
            paths_[path][detail::lowered(method)] = operation(typed->operation(), resource, method, path);
        }
    }

    Json finished(const OpenApiInfo& info, const std::string& prefix) {
        if (uses_errors_) add_error_schemas();
        Json about{{"title", info.title}};
        if (!info.description.empty()) about["description"] = info.description;
        about["version"] = info.version;
        Json json{{"openapi", "3.1.0"}, {"info", about}};
        // As in FastAPI the paths of an application below another are those that it knows.
        if (!prefix.empty()) json["servers"] = Json::array({{{"url", prefix}}});
        json["paths"] = paths_;
        if (!schemas_.empty()) json["components"] = {{"schemas", schemas_}};
        return json;
    }

private:
    static Json integer_schema(const Type& type) {
        Json schema{{"type", "integer"}};
        constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
        if (type.lowest == std::numeric_limits<std::int32_t>::min()) {
            schema["format"] = "int32";
        } else if (type.lowest == lowest) {
            schema["format"] = "int64";
        } else {
            schema["minimum"] = type.lowest;
            schema["maximum"] = type.highest;
        }
        return schema;
    }

    std::string component(const Type& type) {
        if (const auto known = names_.find(&type); known != names_.end()) return known->second;
        std::string name = short_name(type.name);
        if (schemas_.contains(name)) name = with_underscores(type.name);
        names_.emplace(&type, name);
        schemas_[name] = Json::object(); // Its place, which its members must not take.
        schemas_[name] = type.kind == Kind::enumeration ? enumeration_schema(type) : object_schema(type);
        return name;
    }

    static Json enumeration_schema(const Type& type) {
        Json names = Json::array();
        for (const std::string_view name : type.enumerators()) names.push_back(detail::public_name(name));
        return {{"type", "string"}, {"enum", names}};
    }

    Json object_schema(const Type& type) {
        Json properties = Json::object();
        Json required = Json::array();
        for (const Member& member : type.members()) {
            const std::string name(detail::public_name(member.name));
            properties[name] = member_schema(type, member);
            if (member.required) required.push_back(name);
        }
        Json schema{{"type", "object"}, {"properties", properties}};
        if (!required.empty()) schema["required"] = required;
        return schema;
    }

    /// With the initial value, if there is one.
    Json member_schema(const Type& type, const Member& member) {
        Json schema = schema_of(member.type());
        if (member.required) return schema;
        const Json initial =
            detail::to_json(member.type(), static_cast<const char*>(type.initial()) + member.offset);
        if (!initial.is_null()) schema["default"] = initial;
        return schema;
    }

    Json operation(const Operation& of, const detail::Resource& resource, const std::string& method,
                   const std::string& path) {
        const TypedOptions& options = of.options();
        Json json = Json::object();
        if (!options.tags.empty()) json["tags"] = options.tags;
        if (!options.summary.empty()) json["summary"] = options.summary;
        if (!options.description.empty()) json["description"] = options.description;
        const std::string verb = detail::lowered(method);
        const bool is_named = !resource.name.empty();
        json["operationId"] =
            is_named && resource.methods.size() <= 2 ? resource.name
            : is_named                               ? resource.name + "_" + verb
                       : with_underscores(path == "/" ? "root/" + verb : path.substr(1) + "/" + verb);
        if (options.deprecated) json["deprecated"] = true;
        const bool can_fail = of.parameters() && !of.parameters()->members().empty();
        if (can_fail) add_parameters(json, *of.parameters(), resource.pattern);
        Json success{{"description", "Successful Response"}};
        if (!detail::status::has_no_body(options.status))
            success["content"] = {{"application/json", {{"schema", result_schema(of)}}}};
        json["responses"] = {{std::to_string(options.status), success}};
        if (!can_fail) return json;
        uses_errors_ = true;
        json["responses"]["422"] = {
            {"description", "Validation Error"},
            {"content",
             {{"application/json", {{"schema", {{"$ref", "#/components/schemas/HTTPValidationError"}}}}}}}};
        return json;
    }

    Json result_schema(const Operation& of) {
        if (of.result()) return schema_of(*of.result());
        return of.is_void() ? Json{{"type", "null"}} : Json::object();
    }

    void add_parameters(Json& json, const Type& type, const detail::Pattern& pattern) {
        Json parameters = Json::array();
        std::vector<Member> in_body;
        for (const Member& member : type.members()) {
            const Place place =
                detail::place_of(member, [&](std::string_view name) { return pattern.has_variable(name); });
            if (place == Place::body) {
                in_body.push_back(member);
                continue;
            }
            parameters.push_back(
                {{"name", place == Place::header ? detail::header_name(member)
                                                 : std::string(detail::public_name(member.name))},
                 {"in", detail::text_of(place)},
                 {"required", place == Place::path || member.required},
                 {"schema", member_schema(type, member)}});
        }
        if (!parameters.empty()) json["parameters"] = parameters;
        if (!in_body.empty()) json["requestBody"] = body(type, in_body);
    }

    Json body(const Type& type, const std::vector<Member>& members) {
        Json schema;
        bool required = false;
        for (const Member& member : members) required = required || member.required;
        if (members.size() == 1) {
            schema = member_schema(type, members.front());
        } else {
            Json names = Json::array();
            schema = {{"type", "object"}, {"properties", Json::object()}};
            for (const Member& member : members) {
                const std::string name(detail::public_name(member.name));
                schema["properties"][name] = member_schema(type, member);
                if (member.required) names.push_back(name);
            }
            if (required) schema["required"] = names;
        }
        Json made = Json::object();
        if (required) made["required"] = true;
        made["content"] = {{"application/json", {{"schema", schema}}}};
        return made;
    }

    void add_error_schemas() {
        const Json text{{"type", "string"}};
        const Json place{{"anyOf", {text, {{"type", "integer"}}}}};
        schemas_["HTTPValidationError"] = {
            {"type", "object"},
            {"properties",
             {{"detail",
               {{"type", "array"}, {"items", {{"$ref", "#/components/schemas/ValidationError"}}}}}}}};
        schemas_["ValidationError"] = {
            {"type", "object"},
            {"properties", {{"loc", {{"type", "array"}, {"items", place}}}, {"msg", text}, {"type", text}}},
            {"required", {"loc", "msg", "type"}}};
    }

    Json paths_ = Json::object();
    Json schemas_ = Json::object();
    std::map<const Type*, std::string> names_;
    bool uses_errors_ = false;
};

std::string prefix_of(const detail::AppState& app) {
    const std::shared_ptr<detail::AppState> above = app.above.lock();
    return above ? prefix_of(*above) + app.prefix : app.prefix;
}

void describe(Description& description, const detail::AppState& app, const std::string& prefix) {
    for (const detail::Resource& resource : app.resources) description.add(resource, prefix);
    for (const detail::Mount& mount : app.mounts)
        if (mount.app) describe(description, *mount.app->state(), prefix + mount.prefix);
}

} // namespace

Json openapi(const Application& app, const OpenApiInfo& info) {
    Description description;
    describe(description, *app.state(), "");
    return description.finished(info, prefix_of(*app.state()));
}

void add_openapi(const Application& app, OpenApiInfo info, std::string path) {
    app.router().add_get(
        std::move(path),
        // NOLINTNEXTLINE(*-capturing-lambda-coroutines): the dispatcher keeps it
        [info = std::move(info), weak = std::weak_ptr(app.state())](Request&) -> Coro<Response> {
            const std::shared_ptr<detail::AppState> state = weak.lock();
            co_return json_response(openapi(Application(state), info));
        });
}

} // namespace asyncio::web
