// Addresses: queries, forms, and what a relative one means
#include <asyncio.hpp>
#include <print>
namespace http = asyncio::http;

int main() {
    const http::Fields fields = {{"q", "C++ & coroutines"}, {"page", "2"}};
    std::println("{}", http::form_encode(fields));
    std::println("{}", http::with_query("https://api.test/search", fields));
    const std::string next = http::resolve("https://api.test/list/one", "two?all");
    std::println("{} at {}", next, http::origin_of(next));
}
