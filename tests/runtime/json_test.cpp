#include "support.hpp"

namespace asyncio::test {
namespace {

TEST(Json, is_parsed) { EXPECT_EQ(parse_json(R"({"a": [1, "b"]})")["a"][1], "b"); }

TEST(Json, says_where_text_stops_being_that) {
    try {
        (void)parse_json("{\"a\": }");
        FAIL();
    } catch (const JsonError& error) {
        EXPECT_NE(std::string(error.what()).find("column 7"), std::string::npos) << error.what();
    }
}

TEST(Json, refuses_what_is_nested_too_deep_for_the_stack) {
    EXPECT_NO_THROW((void)parse_json(std::string(500, '[') + std::string(500, ']')));
    EXPECT_THROW((void)parse_json(std::string(1000, '[') + std::string(1000, ']')), JsonError);
    EXPECT_THROW((void)parse_json(std::string(1'000'000, '[')), JsonError);
}

} // namespace
} // namespace asyncio::test
