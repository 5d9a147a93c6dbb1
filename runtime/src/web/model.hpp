#pragma once

#include <asyncio/json.hpp>
#include <asyncio/web/detail/model.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace asyncio::web::detail {

/// The name of a member in JSON: a name that is a keyword of C++ has a "_" at its end.
std::string_view public_name(std::string_view member);

/// Gives values to objects of a program from JSON, and collects what is wrong with it.
class Converter {
public:
    /// An empty list if all was well.
    const Json& errors() const { return errors_; }

    void convert(const Type& type, void* at, const Json& input);
    void fail(std::string_view type, std::string_view message);
    void fail_missing() { fail("missing", "Field required"); }

    /// While it lives, errors are about a part of the input.
    class Inside {
    public:
        Inside(Converter& converter, Json part) : converter_(converter) {
            converter_.place_.push_back(std::move(part));
        }
        Inside(const Inside&) = delete;
        Inside& operator=(const Inside&) = delete;
        ~Inside() { converter_.place_.pop_back(); }

    private:
        Converter& converter_;
    };

private:
    void convert_boolean(const Type& type, void* at, const Json& input);
    void convert_integer(const Type& type, void* at, const Json& input);
    void convert_number(const Type& type, void* at, const Json& input);
    void convert_enumeration(const Type& type, void* at, const Json& input);
    void convert_list(const Type& type, void* at, const Json& input);
    void convert_map(const Type& type, void* at, const Json& input);
    void convert_object(const Type& type, void* at, const Json& input);
    void fail_range(const Type& type, bool too_large);

    std::vector<Json> place_;
    Json errors_ = Json::array();
};

} // namespace asyncio::web::detail
