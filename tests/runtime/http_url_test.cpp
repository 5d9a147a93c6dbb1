#include "support.hpp"

namespace asyncio::test {
namespace {

TEST(HttpUrl, fields_are_added_to_the_query) {
    EXPECT_EQ(http::with_query("https://a/b", {}), "https://a/b");
    EXPECT_EQ(http::with_query("https://a/b", {{"x", "1"}}), "https://a/b?x=1");
    EXPECT_EQ(http::with_query("https://a/b?y#h", {{"x", "1 2"}}), "https://a/b?y&x=1+2#h");
    EXPECT_EQ(http::with_query("https://a/b?", {{"x", "%"}}), "https://a/b?x=%25");
}

TEST(HttpUrl, a_link_is_seen_from_its_base) {
    const auto from = [](const char* base, const char* url) { return http::resolve(base, url); };
    EXPECT_EQ(from("", "x"), "x");
    EXPECT_EQ(from("https://a/b/c?q", "https://z/y"), "https://z/y");
    EXPECT_EQ(from("https://a/b/c?q", "d"), "https://a/b/d");
    EXPECT_EQ(from("https://a/b/", "d"), "https://a/b/d");
    EXPECT_EQ(from("https://a", "d"), "https://a/d");
    EXPECT_EQ(from("https://a?q", "d"), "https://a/d");
    EXPECT_EQ(from("https://a/b/c", "/d"), "https://a/d");
    EXPECT_EQ(from("https://a/b/c?q", "?r"), "https://a/b/c?r");
    EXPECT_EQ(from("https://a/b", "//z/y"), "https://z/y");
    EXPECT_EQ(from("https://a/b/c", "d?to=http://x"), "https://a/b/d?to=http://x");
}

TEST(HttpUrl, an_origin_is_scheme_and_host) {
    EXPECT_EQ(http::origin_of("https://a.b:80/c?d"), "https://a.b:80");
    EXPECT_EQ(http::origin_of("https://a"), "https://a");
    EXPECT_EQ(http::origin_of("nonsense"), "nonsense");
}

} // namespace
} // namespace asyncio::test
