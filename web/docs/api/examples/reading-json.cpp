// JSON: read, changed, written, and refused with the place of the fault
#include <asyncio.hpp>
#include <print>

int main() {
    asyncio::Json city = asyncio::parse_json(R"({"name": "Bonn", "rivers": ["Rhine"]})");
    city["rivers"].push_back("Sieg");
    std::println("{}", asyncio::dump_json(city));
    std::println("{}", asyncio::dump_json(city["rivers"], 2));

    try {
        asyncio::parse_json("{\"name\": Bonn}");
    } catch (const asyncio::JsonError& error) {
        std::println("no JSON: {}", std::string_view(error.what()).contains("column"));
    }
    try {
        asyncio::parse_json(std::string(asyncio::deepest_json + 1, '['));
    } catch (const asyncio::JsonError&) {
        std::println("nested more than {} deep", asyncio::deepest_json);
    }
}
