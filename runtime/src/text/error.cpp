#include <asyncio/detail/demangle.hpp>
#include <asyncio/error.hpp>
#include <asyncio/exception_group.hpp>

#include <cxxabi.h>

#include <cerrno>
#include <cstdlib>
#include <format>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <typeinfo>
#include <utility>

namespace asyncio {
namespace {

std::string os_error_message(int number, const std::string& path, const std::string& second_path) {
    std::string message = std::format("[Errno {}] {}", number, std::generic_category().message(number));
    if (!path.empty() || number == ENOENT) message += std::format(": '{}'", path);
    if (!second_path.empty()) message += std::format(" -> '{}'", second_path);
    return message;
}

/// A line for each exception of an ExceptionGroup, and for those of groups in it.
std::string exceptions_of_group(const std::exception_ptr& error) {
    std::string lines;
    try {
        std::rethrow_exception(error);
    } catch (const ExceptionGroup& group) {
        for (const std::exception_ptr& inner : group.exceptions()) lines += "\n  " + describe(inner);
    } catch (...) { // no group
    }
    return lines;
}

} // namespace

OSError::OSError(int number, std::string path, std::string second_path)
    : Error(os_error_message(number, path, second_path)), number_(number), path_(std::move(path)),
      second_path_(std::move(second_path)) {}

OSError::OSError(Described described)
    : Error(std::format("[Errno {}] {}", described.number, described.strerror)), number_(described.number),
      strerror_(std::move(described.strerror)) {}

std::string OSError::strerror() const {
    return strerror_.empty() ? std::generic_category().message(number_) : strerror_;
}

std::string detail::demangled(const std::type_info& type) {
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> readable(
        abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), &std::free);
    return status == 0 ? readable.get() : type.name();
}

std::string detail::name_of(const std::type_info& type) {
    std::string name = demangled(type);
    constexpr std::string_view own = "asyncio::";
    if (name.starts_with(own)) name.erase(0, own.size());
    return name;
}

std::string message(const std::exception_ptr& error) {
    if (!error) return {};
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& exception) {
        return exception.what();
    } catch (const CancelledError& cancelled) {
        return cancelled.message();
    } catch (...) {
        return {};
    }
}

std::string type_name(const std::exception_ptr& error) {
    if (!error) return {};
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& exception) {
        return detail::name_of(typeid(exception));
    } catch (...) {
        const std::type_info* type = abi::__cxa_current_exception_type();
        return type != nullptr ? detail::name_of(*type) : "a foreign (non-C++) exception";
    }
}

std::string describe(const std::exception_ptr& error) {
    if (!error) return "no error";
    std::string text = type_name(error);
    if (const std::string said = message(error); !said.empty()) text += ": " + said;
    return text + exceptions_of_group(error);
}

} // namespace asyncio
