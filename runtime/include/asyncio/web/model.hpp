#pragma once

#include <asyncio/error.hpp>
#include <asyncio/json.hpp>
#include <asyncio/web/detail/model.hpp>
#include <asyncio/web/error.hpp>

#include <concepts>
#include <string>
#include <utility>

namespace asyncio::web {

/// JSON that does not fit a struct. errors() is a list of what is wrong with which field, as in FastAPI:
/// `[{"loc": ["price"], "msg": "Field required", "type": "missing"}]`, at most the first 100. what() is the first.
class ValidationError : public ValueError {
public:
    explicit ValidationError(Json errors);
    const Json& errors() const noexcept { return errors_; }

private:
    Json errors_;
};

/// A request that does not fit the parameters of its handler. As a response it is 422 with `{"detail": errors()}`;
/// a middleware can catch it and answer otherwise.
class RequestValidationError : public HTTPUnprocessableEntity {
public:
    explicit RequestValidationError(Json errors);
    const Json& errors() const noexcept { return errors_; }

private:
    Json errors_;
};

/// A struct from JSON, by the names of its members: `auto item = web::from_json<Item>(json)`. Raises ValidationError.
///
/// - A member is required unless its struct gives it a value, as in `int limit = 10;`, or it is a std::optional, a
///   std::vector or a std::map. An empty string, a null Json
///   and a nested struct are no such value. Keys that are no members are ignored.
/// - Conversions are FastAPI's: "42" and 42.0 are an int, "yes" and 1 a bool; an int has the limits of its type.
/// - An enum class, numbered from 0, is the name of its value. A "_" at the end of a name is left out: `class_`.
/// - If the struct has a `void validate() const`, it is called at the end; what() of a ValueError from there becomes
///   an error of the struct.
template <class T> T from_json(const Json& json) {
    T value{};
    detail::convert(detail::type_of<T>(), &value, json);
    return value;
}

/// The JSON of a struct, an enum, or of containers of them; an empty std::optional is null. from_json() reads it.
template <class T> Json to_json(const T& value) { return detail::to_json(detail::type_of<T>(), &value); }

} // namespace asyncio::web
