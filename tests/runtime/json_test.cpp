#include "support.hpp"

namespace asyncio::test {
namespace {

TEST(Json, is_parsed) { EXPECT_EQ(parse_json(R"({"a": [1, "b"]})")["a"][1], "b"); }

TEST(Json, is_formatted_on_one_line_or_many) {
    const Json json{{"a", {1, "ü"}}};
    EXPECT_EQ(std::format("{}", json), R"({"a":[1,"ü"]})");
    EXPECT_EQ(std::format("{:2}", json["a"]), "[\n  1,\n  \"ü\"\n]");
    EXPECT_EQ(std::format("{}", std::vector{json}), R"([{"a":[1,"ü"]}])");
    EXPECT_EQ(std::format("{}", Json("a\xFF")), "\"a\uFFFD\"");
    EXPECT_THROW((void)std::vformat("{:x}", std::make_format_args(json)), std::format_error);
}

TEST(Json, keeps_the_order_of_its_keys) {
    const Json json = parse_json(R"({"b": 1, "a": {"d": 2, "c": 3}})");
    EXPECT_EQ(json.dump(), R"({"b":1,"a":{"d":2,"c":3}})");
    Json made{{"z", 1}};
    made["y"] = 2;
    EXPECT_EQ(std::format("{}", made), R"({"z":1,"y":2})");
}

TEST(Json, is_printed_as_a_text_without_quotes_when_asked) {
    const Json json{{"name", "Ada \"L\""}, {"year", 1815}};
    EXPECT_EQ(std::format("{:s}", json["name"]), "Ada \"L\"");
    EXPECT_EQ(std::format("{:s} {:s}", json["year"], Json(nullptr)), "1815 null");
    EXPECT_EQ(text_of("a\xFF"), "a\uFFFD");
    EXPECT_THROW((void)std::vformat("{:s2}", std::make_format_args(json)), std::format_error);
}

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
