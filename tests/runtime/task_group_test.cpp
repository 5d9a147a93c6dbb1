#include "support.hpp"

#include <asyncio/detail/error_of.hpp>

#include <stdexcept>

namespace asyncio::test {
namespace {

Coro<int> give(int value, double after) {
    co_await sleep(after);
    co_return value;
}

Coro<> fail(double after, std::string text) {
    co_await sleep(after);
    throw std::runtime_error(text);
}

Coro<> note_cancel(Log& log, std::string name, Counted = {}) {
    try {
        co_await sleep(100);
    } catch (const CancelledError&) {
        log.push_back(name + " cancelled");
        throw;
    }
}

/// The errors of the group that `with` raises, as text.
Coro<Log> errors_of(Coro<> with) {
    Log texts;
    try {
        co_await with;
    } catch (const ExceptionGroup& group) {
        EXPECT_EQ(group.message(), "unhandled errors in a TaskGroup");
        for (const std::exception_ptr& error : group.exceptions()) texts.push_back(describe(error));
    }
    co_return texts;
}

CO_TEST(TaskGroup, waits_for_its_members_and_gives_the_bodys_value) {
    std::optional<Task<int>> member;
    const int value = co_await async_with(TaskGroup{}, [&](TaskGroup& group) -> Coro<int> {
        member = group.create_task(give(1, 5), "member");
        EXPECT_EQ(member->get_name(), "member");
        co_return 2;
    });
    EXPECT_EQ(value, 2);
    EXPECT_EQ(member->result(), 1);
    EXPECT_EQ(get_running_loop().time(), 5);
}

CO_TEST(TaskGroup, without_members_ends_at_once) {
    co_await async_with(TaskGroup{}, []() -> Coro<> { co_return; });
    EXPECT_EQ(get_running_loop().time(), 0);
}

CO_TEST(TaskGroup, a_member_can_create_more_members_while_the_group_waits) {
    Log log;
    co_await async_with(TaskGroup{}, [&](TaskGroup& group) -> Coro<> {
        group.create_task([&]() -> Coro<> {
            co_await sleep(1);
            group.create_task([&]() -> Coro<> {
                co_await sleep(1);
                log.push_back("grandchild");
            });
        });
        co_return;
    });
    EXPECT_EQ(log, Log{"grandchild"});
}

CO_TEST(TaskGroup, a_failing_member_cancels_the_body_and_the_others_in_the_order_of_their_creation) {
    Log log;
    auto body = [&](TaskGroup& group) -> Coro<> {
        group.create_task(note_cancel(log, "first"));
        group.create_task(fail(1, "broken"));
        group.create_task(note_cancel(log, "second"));
        try {
            co_await sleep(100);
        } catch (const CancelledError&) {
            log.push_back("body cancelled");
            throw;
        }
    };
    EXPECT_EQ(co_await errors_of(async_with(TaskGroup{}, body)), Log{"std::runtime_error: broken"});
    EXPECT_EQ(log, (Log{"first cancelled", "second cancelled", "body cancelled"}));
    EXPECT_EQ(get_running_loop().time(), 1);
    EXPECT_EQ(current_task().cancelling(), 0u);
    co_await sleep(1);
}

CO_TEST(TaskGroup, a_failing_body_cancels_the_members) {
    Log log;
    auto body = [&](TaskGroup& group) -> Coro<> {
        group.create_task(note_cancel(log, "member"));
        co_await sleep(1);
        throw std::runtime_error("body");
    };
    EXPECT_EQ(co_await errors_of(async_with(TaskGroup{}, body)), Log{"std::runtime_error: body"});
    EXPECT_EQ(log, Log{"member cancelled"});
}

CO_TEST(TaskGroup, whose_body_and_child_fail_in_one_turn_reports_both) {
    auto body = [&](TaskGroup& group) -> Coro<> {
        group.create_task(fail(1, "child"));
        co_await sleep(0);
        co_await sleep(1); // due together with the child's sleep, and behind it
        throw std::runtime_error("body");
    };
    const Log errors = co_await errors_of(async_with(TaskGroup{}, body));
    EXPECT_EQ(errors.size(), 2u);
    EXPECT_EQ(std::ranges::count(errors, "std::runtime_error: child"), 1);
    EXPECT_EQ(std::ranges::count(errors, "std::runtime_error: body"), 1);
}

CO_TEST(TaskGroup, collects_the_errors_of_all_members_that_fail) {
    auto fails_in_cleanup = []() -> Coro<> {
        try {
            co_await sleep(100);
        } catch (const CancelledError&) {
            throw ValueError("cleanup");
        }
    };
    auto body = [&](TaskGroup& group) -> Coro<> {
        group.create_task(fails_in_cleanup());
        group.create_task(fail(1, "a"));
        group.create_task(fail(1, "b"));
        co_return;
    };
    EXPECT_EQ(co_await errors_of(async_with(TaskGroup{}, body)),
              (Log{"std::runtime_error: a", "std::runtime_error: b", "ValueError: cleanup"}));
}

CO_TEST(TaskGroup, a_child_created_after_the_abort_is_refused) {
    Reports reports;
    Log log;
    auto body = [&](TaskGroup& group) -> Coro<> {
        group.create_task(fail(1, "broken"));
        try {
            co_await sleep(100);
        } catch (const CancelledError&) {
            CO_EXPECT_RAISES(group.create_task(note_cancel(log, "late")), RuntimeError);
            throw;
        }
    };
    EXPECT_EQ((co_await errors_of(async_with(TaskGroup{}, body))).size(), 1u);
    EXPECT_TRUE(reports.all().empty()); // no "never awaited" for a refused coroutine
}

CO_TEST(TaskGroup, refuses_members_before_it_is_entered_and_after_its_end) {
    TaskGroup group;
    CO_EXPECT_RAISES(group.create_task(give(1, 0)), RuntimeError);
    co_await async_with(group, []() -> Coro<> { co_return; });
    CO_EXPECT_RAISES(group.create_task(give(1, 0)), RuntimeError);
    CO_EXPECT_RAISES(co_await async_with(group, []() -> Coro<> { co_return; }), RuntimeError);
}

CO_TEST(TaskGroup, cancelled_while_it_waits_cancels_the_members_and_stays_a_cancel) {
    Log log;
    auto task = create_task([&]() -> Coro<> {
        co_await async_with(TaskGroup{}, [&](TaskGroup& group) -> Coro<> {
            group.create_task(note_cancel(log, "member"));
            co_return;
        });
    });
    co_await sleep(1);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_EQ(log, Log{"member cancelled"});
    EXPECT_EQ(all_tasks().size(), 1u);
    EXPECT_EQ(Counted::alive, 0);
}

CO_TEST(TaskGroup, cancelled_in_its_body_cancels_the_members_and_stays_a_cancel) {
    Log log;
    auto task = create_task([&]() -> Coro<> {
        co_await async_with(TaskGroup{}, [&](TaskGroup& group) -> Coro<> {
            group.create_task(note_cancel(log, "member"));
            co_await sleep(100);
        });
    });
    co_await sleep(1);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_EQ(log, Log{"member cancelled"});
}

CO_TEST(TaskGroup, an_error_in_cleanup_after_a_cancel_is_raised_and_the_cancel_kept) {
    Log log;
    auto task = create_task([&]() -> Coro<> {
        auto body = [&](TaskGroup& group) -> Coro<> {
            group.create_task([]() -> Coro<> {
                try {
                    co_await sleep(100);
                } catch (const CancelledError&) {
                    throw ValueError("cleanup");
                }
            });
            co_await sleep(100);
        };
        try {
            co_await async_with(TaskGroup{}, body);
        } catch (const ExceptionGroup&) {
            log.push_back("group");
        }
        EXPECT_EQ(current_task().cancelling(), 1u);
        co_await sleep(1);
        log.push_back("not reached");
    });
    co_await sleep(1);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_EQ(log, Log{"group"});
}

CO_TEST(TaskGroup, a_member_cancelled_alone_is_no_error) {
    Log log;
    co_await async_with(TaskGroup{}, [&](TaskGroup& group) -> Coro<> {
        auto member = group.create_task(note_cancel(log, "member"));
        co_await sleep(1);
        member.cancel();
    });
    EXPECT_EQ(log, Log{"member cancelled"});
}

CO_TEST(TaskGroup, nested_an_inner_failure_reaches_the_outer_as_a_group_in_a_group) {
    auto inner = [](TaskGroup& group) -> Coro<> {
        group.create_task(fail(1, "deep"));
        co_return;
    };
    try {
        co_await async_with(TaskGroup{}, [&](TaskGroup& group) -> Coro<> {
            group.create_task(async_with(TaskGroup{}, inner));
            co_return;
        });
        ADD_FAILURE();
    } catch (const ExceptionGroup& group) {
        EXPECT_EQ(group.exceptions().size(), 1u);
        EXPECT_TRUE(is<ExceptionGroup>(group.exceptions().front()));
        EXPECT_TRUE(group.subgroup<std::runtime_error>());
    }
    EXPECT_EQ(current_task().cancelling(), 0u);
}

CO_TEST(TaskGroup, waits_for_members_that_refuse_to_be_cancelled) {
    Log log;
    auto stubborn = [&]() -> Coro<> {
        try {
            co_await sleep(100);
        } catch (const CancelledError&) {
        }
        co_await sleep(5);
        log.push_back("stubborn ends");
    };
    auto body = [&](TaskGroup& group) -> Coro<> {
        group.create_task(stubborn());
        group.create_task(fail(1, "x"));
        co_return;
    };
    EXPECT_EQ((co_await errors_of(async_with(TaskGroup{}, body))).size(), 1u);
    EXPECT_EQ(log, Log{"stubborn ends"});
    EXPECT_EQ(get_running_loop().time(), 6);
}

CO_TEST(TaskGroup, under_a_timeout_is_cancelled_and_raises_TimeoutError) {
    Log log;
    auto body = [&]() -> Coro<> {
        co_await async_with(TaskGroup{}, [&](TaskGroup& group) -> Coro<> {
            group.create_task(note_cancel(log, "member"));
            co_return;
        });
    };
    CO_EXPECT_RAISES(co_await async_with(timeout(1), body), TimeoutError);
    EXPECT_EQ(log, Log{"member cancelled"});
    EXPECT_EQ(current_task().cancelling(), 0u);
}

/// A group that is entered by hand and never left.
TEST(TaskGroup, a_member_that_fails_after_its_parent_ended_is_reported) {
    EventLoop loop(std::make_unique<VirtualClock>());
    Reports reports(loop);
    loop.call_soon([] {
        create_task([]() -> Coro<> {
            auto group = std::make_shared<TaskGroup>();
            group->aenter();
            group->create_task(
                [](auto) -> Coro<> {
                    co_await sleep(1);
                    throw ValueError("late");
                },
                group);
            co_return; // without aexit()
        });
    });
    loop.call_later(2, [&] { loop.stop(); });
    loop.run_forever();
    EXPECT_EQ(reports.all().at(0).message, "a member of a TaskGroup failed after its parent task ended");
    EXPECT_EQ(describe(reports.all().at(0).exception), "ValueError: late");
}

CO_TEST(TaskGroup, takes_eager_members_that_end_at_once) {
    co_await async_with(TaskGroup{}, [&](TaskGroup& group) -> Coro<> {
        auto job = []() -> Coro<int> { co_return 1; };
        EXPECT_TRUE(group.create_task(job(), {.eager_start = true}).done());
        co_return;
    });
}

CO_TEST(TaskGroup, cancelled_in_its_body_ends_without_an_error) {
    Log log;
    co_await async_with(TaskGroup(), [&](TaskGroup& group) -> Coro<> {
        group.create_task(note_cancel(log, "first"));
        group.create_task(note_cancel(log, "second"));
        co_await sleep(1);
        group.cancel();
        group.cancel();
        log.push_back("body goes on");
        EXPECT_THROW(group.create_task(note_cancel(log, "third")), RuntimeError);
        co_await sleep(1);
        log.push_back("not reached");
    });
    EXPECT_EQ(log, (Log{"body goes on", "first cancelled", "second cancelled"}));
    EXPECT_EQ(current_task().cancelling(), 0);
}

CO_TEST(TaskGroup, cancelled_by_a_member_ends_without_an_error) {
    Log log;
    co_await async_with(TaskGroup(), [&](TaskGroup& group) -> Coro<> {
        group.create_task([&]() -> Coro<> {
            co_await sleep(1);
            group.cancel();
        });
        group.create_task(note_cancel(log, "other"));
        co_return;
    });
    EXPECT_EQ(log, Log{"other cancelled"});
    EXPECT_EQ(current_task().cancelling(), 0);
    co_await sleep(1);
}

CO_TEST(TaskGroup, cancelled_before_it_is_entered_ends_at_the_first_await) {
    Log log;
    TaskGroup group;
    group.cancel();
    co_await async_with(std::move(group), [&](TaskGroup&) -> Coro<> {
        log.push_back("body");
        co_await sleep(1);
        log.push_back("not reached");
    });
    EXPECT_EQ(log, Log{"body"});
}

CO_TEST(TaskGroup, cancelled_after_its_end_does_nothing) {
    TaskGroup group;
    group.aenter();
    co_await group.aexit(nullptr);
    group.cancel();
    co_await sleep(0);
    EXPECT_EQ(current_task().cancelling(), 0);
}

CO_TEST(TaskGroup, cancelled_still_raises_the_errors_of_its_members) {
    const auto with = [](TaskGroup& group) -> Coro<> {
        group.create_task([]() -> Coro<> {
            try {
                co_await sleep(100);
            } catch (const CancelledError&) {
                throw std::runtime_error("cleanup failed");
            }
        });
        co_await sleep(1);
        group.cancel();
        co_await sleep(1);
    };
    EXPECT_EQ(co_await errors_of(async_with(TaskGroup(), with)), Log{"std::runtime_error: cleanup failed"});
}

CO_TEST(TaskGroup, cancelled_keeps_a_cancel_from_outside) {
    const auto slow_cleanup = []() -> Coro<> {
        const std::exception_ptr error = co_await detail::error_of(sleep(100));
        co_await sleep(5);
        std::rethrow_exception(error);
    };
    const auto grouped = [&]() -> Coro<> {
        co_await async_with(TaskGroup(), [&](TaskGroup& group) -> Coro<> {
            group.create_task(slow_cleanup());
            co_await sleep(1);
            group.cancel();
        });
    };
    EXPECT_THROW(co_await wait_for(grouped, 3), TimeoutError);
}

CO_TEST(TaskGroup, cancelled_has_no_value_of_its_body) {
    const auto ends = [](TaskGroup& group) -> Coro<int> {
        co_await sleep(1);
        group.cancel();
        co_return 1;
    };
    EXPECT_EQ(co_await async_with(TaskGroup(), ends), 1);
    const auto does_not = [](TaskGroup& group) -> Coro<int> {
        group.cancel();
        co_await sleep(1);
        co_return 1;
    };
    EXPECT_THROW(co_await async_with(TaskGroup(), does_not), RuntimeError);
}

CO_TEST(TaskGroup, raises_a_KeyboardInterrupt_of_its_body_itself) {
    Log log;
    auto grouped = async_with(TaskGroup(), [&](TaskGroup& group) -> Coro<> {
        group.create_task(note_cancel(log, "member"));
        co_await sleep(1);
        throw KeyboardInterrupt();
    });
    EXPECT_THROW(co_await std::move(grouped), KeyboardInterrupt);
    EXPECT_EQ(log, Log{"member cancelled"});
}

} // namespace
} // namespace asyncio::test
