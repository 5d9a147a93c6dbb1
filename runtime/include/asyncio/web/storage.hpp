#pragma once

#include <asyncio/error.hpp>

#include <any>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace asyncio::web {

/// Values of any copyable type, by name.
class Storage {
public:
    std::any& operator[](std::string_view key) {
        const auto found = values_.find(key);
        return found == values_.end() ? values_[std::string(key)] : found->second;
    }
    /// Raises LookupError if there is no such value, ValueError if it is of another type than T.
    template <class T> T& get(std::string_view key) {
        const auto found = values_.find(key);
        if (found == values_.end()) throw LookupError("there is no value \"" + std::string(key) + "\"");
        T* const value = std::any_cast<T>(&found->second);
        if (value == nullptr)
            throw ValueError("the value \"" + std::string(key) +
                             "\" is of another type than the one asked for: use the type that was assigned");
        return *value;
    }
    bool contains(std::string_view key) const { return values_.contains(key); }

private:
    std::map<std::string, std::any, std::less<>> values_;
};

} // namespace asyncio::web
