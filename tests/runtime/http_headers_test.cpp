#include "support.hpp"

namespace asyncio::test {
namespace {

using http::Headers;

TEST(HttpHeaders, know_names_in_any_case) {
    Headers headers{{"Content-Type", "a/b"}, {"X-Many", "1"}, {"x-many", "2"}};
    EXPECT_EQ(headers.get("content-type"), "a/b");
    EXPECT_EQ(headers.get_all("X-MANY"), (Log{"1", "2"}));
    headers.set("x-MANY", "3");
    EXPECT_EQ(headers.get_all("x-many"), Log{"3"});
    headers.remove("CONTENT-TYPE");
    EXPECT_FALSE(headers.contains("Content-Type"));
    EXPECT_EQ(headers.get("Content-Type"), std::nullopt);
}

TEST(HttpHeaders, refuse_what_would_smuggle_in_another) {
    EXPECT_THROW(Headers({{"X", "a\r\nEvil: 1"}}), ValueError);
    EXPECT_THROW(Headers({{"X\n", "a"}}), ValueError);
    EXPECT_THROW(Headers({{"", "a"}}), ValueError);
    EXPECT_THROW(Headers({{"X", std::string("a\0b", 3)}}), ValueError);
}

TEST(HttpHeaders, a_password_is_encoded) {
    EXPECT_EQ(http::basic_auth("user", "passwd"), "Basic dXNlcjpwYXNzd2Q=");
    EXPECT_EQ(http::basic_auth("a", ""), "Basic YTo=");
    EXPECT_EQ(http::basic_auth("ab", ""), "Basic YWI6");
    EXPECT_EQ(http::basic_auth("", ""), "Basic Og==");
}

} // namespace
} // namespace asyncio::test
