#include <asyncio/detail/demangle.hpp>
#include <asyncio/error.hpp>

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

std::string type_name(const std::type_info& type) {
    std::string name = detail::demangled(type);
    constexpr std::string_view own = "asyncio::";
    if (name.starts_with(own)) name.erase(0, own.size());
    return name;
}

std::string os_error_message(int number, const std::string& path, const std::string& second_path) {
    std::string message = std::format("[Errno {}] {}", number, std::generic_category().message(number));
    if (!path.empty() || number == ENOENT) message += std::format(": '{}'", path);
    if (!second_path.empty()) message += std::format(" -> '{}'", second_path);
    return message;
}

} // namespace

OSError::OSError(int number, std::string path, std::string second_path)
    : Error(os_error_message(number, path, second_path)), number_(number), path_(std::move(path)),
      second_path_(std::move(second_path)) {}

std::string OSError::strerror() const { return std::generic_category().message(number_); }

std::string detail::demangled(const std::type_info& type) {
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> readable(
        abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), &std::free);
    return status == 0 ? readable.get() : type.name();
}

std::string describe(const std::exception_ptr& error) {
    if (!error) return "no error";
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& exception) {
        std::string text = type_name(typeid(exception));
        const std::string_view what = exception.what();
        return what.empty() ? text : text.append(": ").append(what);
    } catch (const CancelledError& cancelled) {
        return cancelled.message().empty() ? "CancelledError" : "CancelledError: " + cancelled.message();
    } catch (...) {
        const std::type_info* type = abi::__cxa_current_exception_type();
        return type != nullptr ? type_name(*type) : "a foreign (non-C++) exception";
    }
}

} // namespace asyncio
