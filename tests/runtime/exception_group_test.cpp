#include "support.hpp"

#include <stdexcept>

namespace asyncio::test {
namespace {

std::exception_ptr error(const char* text) { return std::make_exception_ptr(std::runtime_error(text)); }
std::exception_ptr value_error(const char* text) { return std::make_exception_ptr(ValueError(text)); }

TEST(ExceptionGroup, says_what_is_in_it) {
    const ExceptionGroup group("two broke", {error("a"), value_error("b")});
    EXPECT_EQ(group.message(), "two broke");
    EXPECT_EQ(group.exceptions().size(), 2u);
    EXPECT_STREQ(group.what(), "two broke (2 sub-exceptions)");
    EXPECT_STREQ(ExceptionGroup("one", {error("a")}).what(), "one (1 sub-exception)");
    EXPECT_EQ(describe(std::make_exception_ptr(group)),
              "ExceptionGroup: two broke (2 sub-exceptions)\n  std::runtime_error: a\n  ValueError: b");
}

TEST(ExceptionGroup, refuses_to_be_empty) { EXPECT_THROW(ExceptionGroup("none", {}), ValueError); }

TEST(ExceptionGroup, splits_by_type_and_keeps_the_message_and_the_order) {
    const ExceptionGroup group("mixed", {error("a"), value_error("b"), error("c")});
    auto [matching, rest] = group.split<std::runtime_error>();
    ASSERT_TRUE(matching && rest);
    EXPECT_EQ(matching->message(), "mixed");
    ASSERT_EQ(matching->exceptions().size(), 2u);
    EXPECT_EQ(describe(matching->exceptions()[1]), "std::runtime_error: c");
    EXPECT_EQ(describe(rest->exceptions().at(0)), "ValueError: b");
}

TEST(ExceptionGroup, gives_nullopt_for_the_side_that_is_empty) {
    const ExceptionGroup group("g", {error("a")});
    auto [all, none] = group.split<std::exception>();
    EXPECT_TRUE(all);
    EXPECT_FALSE(none);
    EXPECT_FALSE(group.subgroup<ValueError>());
    EXPECT_TRUE(group.subgroup<std::runtime_error>());
}

TEST(ExceptionGroup, matches_by_base_class) {
    const ExceptionGroup group("g", {value_error("a"), std::make_exception_ptr(TimeoutError("b"))});
    EXPECT_EQ(group.subgroup<Error>()->exceptions().size(), 2u);
}

TEST(ExceptionGroup, splits_groups_in_it_and_keeps_their_shape) {
    const ExceptionGroup inner("inner", {error("deep"), value_error("deep value")});
    const ExceptionGroup group("outer", {std::make_exception_ptr(inner), error("flat")});
    auto [values, rest] = group.split<ValueError>();
    ASSERT_TRUE(values && rest);
    ASSERT_EQ(values->exceptions().size(), 1u);
    EXPECT_EQ(describe(values->exceptions()[0]),
              "ExceptionGroup: inner (1 sub-exception)\n  ValueError: deep value");
    EXPECT_EQ(rest->exceptions().size(), 2u);
}

TEST(ExceptionGroup, can_hold_what_is_no_std_exception) {
    const ExceptionGroup group("g",
                               {std::make_exception_ptr(CancelledError("stop")), std::make_exception_ptr(7)});
    EXPECT_EQ(describe(std::make_exception_ptr(group)),
              "ExceptionGroup: g (2 sub-exceptions)\n  CancelledError: stop\n  int");
    EXPECT_TRUE(group.subgroup<CancelledError>());
}

TEST(ExceptionGroup, is_an_Error) { EXPECT_THROW(throw ExceptionGroup("g", {error("a")}), Error); }

} // namespace
} // namespace asyncio::test
