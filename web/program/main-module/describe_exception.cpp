#include "describe_exception.hpp"

#include <asyncio/error.hpp>
#include <asyncio/exception_group.hpp>

#include <cstdlib>
#include <cxxabi.h>
#include <emscripten/heap.h>
#include <exception>
#include <format>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <typeinfo>

namespace asyncio::program {
namespace {

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

/// The type as written in source: without the library's inline namespace and the expanded std::string.
std::string type_name(const std::type_info& type) {
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> demangled(
        abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), &std::free);
    std::string name = status == 0 ? demangled.get() : type.name();
    name = replace_all(std::move(name), "std::__2::", "std::");
    return replace_all(std::move(name),
                       "std::basic_string<char, std::char_traits<char>, std::allocator<char>>",
                       "std::string");
}

std::string describe(const std::exception& error) {
    std::string text = std::format("{}: {}", type_name(typeid(error)), error.what());
    if (const auto* group = dynamic_cast<const ExceptionGroup*>(&error))
        for (const std::exception_ptr& inner : group->exceptions()) text += "\n  " + asyncio::describe(inner);
    if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) {
        text +=
            std::format(" (out of memory: a program can use up to {} MiB)", emscripten_get_heap_max() >> 20);
    }
    return text;
}

template <class Value> std::string describe_value(const Value& value) {
    return std::format("{}: {}", type_name(*abi::__cxa_current_exception_type()), value);
}

/// Call only inside a catch block. Printable values are printed with their type.
std::string describe_one() {
    try {
        throw;
    } catch (const std::exception& error) {
        return describe(error);
    } catch (const std::string& text) {
        return describe_value(text);
    } catch (const char* text) {
        return describe_value(text);
    } catch (bool value) {
        return describe_value(value);
    } catch (char value) {
        return describe_value(value);
    } catch (int value) {
        return describe_value(value);
    } catch (unsigned value) {
        return describe_value(value);
    } catch (long value) {
        return describe_value(value);
    } catch (unsigned long value) {
        return describe_value(value);
    } catch (long long value) {
        return describe_value(value);
    } catch (unsigned long long value) {
        return describe_value(value);
    } catch (float value) {
        return describe_value(value);
    } catch (double value) {
        return describe_value(value);
    } catch (...) {
        const std::type_info* type = abi::__cxa_current_exception_type();
        return type != nullptr ? type_name(*type) : "a foreign (non-C++) exception";
    }
}

/// The exception nested in the current one by std::throw_with_nested.
std::exception_ptr cause() {
    try {
        throw;
    } catch (const std::nested_exception& error) {
        return error.nested_ptr();
    } catch (...) {
        return nullptr;
    }
}

} // namespace

std::string describe_exception(std::exception_ptr error) {
    std::string text;
    while (error != nullptr) {
        try {
            std::rethrow_exception(error);
        } catch (...) {
            if (!text.empty()) text += "\n  caused by ";
            text += describe_one();
            error = cause();
        }
    }
    return text;
}

} // namespace asyncio::program
