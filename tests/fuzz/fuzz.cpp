// A libFuzzer target: its inputs are scenarios in JSON, as tests/conformance replays them, and so is its
// corpus. Shape does the mutations instead of libFuzzer, so that every input is a scenario.

#include "check.hpp"
#include "shape.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

using asyncio::fuzz::Shape;
using nlohmann::json;

namespace {

json parse(const std::uint8_t* data, std::size_t size) {
    return json::parse(std::string_view(reinterpret_cast<const char*>(data), size), nullptr, false);
}

/// Writes the scenario as bytes if there is room for it; otherwise the input stays as it was.
std::size_t write(const json& scenario, std::uint8_t* data, std::size_t size, std::size_t room) {
    const std::string text = scenario.dump(-1, ' ', true);
    if (text.size() > room) return size;
    std::memcpy(data, text.data(), text.size());
    return text.size();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    json scenario = parse(data, size);
    if (!scenario.is_object()) return -1; // not for the corpus
    Shape(1).fit(scenario);
    asyncio::fuzz::check(scenario);
    return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t room,
                                               unsigned seed) {
    Shape shape(seed);
    json scenario = parse(data, size);
    if (!scenario.is_object()) return write(shape.scenario(), data, size, room);
    for (unsigned i = 0; i <= seed % 4; ++i) shape.mutate(scenario);
    return write(scenario, data, size, room);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* first, std::size_t first_size,
                                                 const std::uint8_t* second, std::size_t second_size,
                                                 std::uint8_t* out, std::size_t room, unsigned seed) {
    json scenario = parse(first, first_size);
    const json other = parse(second, second_size);
    if (!scenario.is_object() || !other.is_object()) return 0;
    Shape(seed).cross(scenario, other);
    return write(scenario, out, 0, room);
}
