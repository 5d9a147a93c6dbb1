// The corpus without libFuzzer, and as many scenarios made at random: part of every test run.

#include "check.hpp"
#include "shape.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace asyncio::fuzz {
namespace {

TEST(Corpus, keeps_the_invariants) {
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(ASYNCIO_FUZZ_CORPUS)) {
        SCOPED_TRACE(entry.path().filename().string());
        std::ifstream file(entry.path());
        nlohmann::json scenario = nlohmann::json::parse(file, nullptr, false);
        ASSERT_TRUE(scenario.is_object()) << "not JSON";
        Shape(1).fit(scenario);
        check(scenario);
        ++files;
    }
    EXPECT_GT(files, 0);
}

TEST(Shape, makes_scenarios_that_keep_the_invariants) {
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        SCOPED_TRACE(seed);
        check(Shape(seed).scenario());
    }
}

TEST(Shape, leaves_what_fits_as_it_is) {
    for (std::uint32_t seed = 1; seed <= 50; ++seed) {
        nlohmann::json scenario = Shape(seed).scenario();
        Shape(1).fit(scenario);
        const nlohmann::json fitted = scenario;
        Shape(2).fit(scenario);
        EXPECT_EQ(scenario, fitted) << seed;
    }
}

TEST(Shape, makes_a_scenario_of_anything) {
    for (const char* text : {"{}", R"({"objects": 3, "coros": [], "main": {"a": 1}})",
                             R"({"objects": {"f": ["Future"], "x": []}, "coros": {"c0": [["call", "c0"]]},
                                 "main": [["await", "t1"], ["spawn"], [], 7, ["future_wait", "missing"]]})"}) {
        nlohmann::json scenario = nlohmann::json::parse(text);
        Shape(1).fit(scenario);
        check(scenario);
    }
}

} // namespace
} // namespace asyncio::fuzz
