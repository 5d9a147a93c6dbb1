#include "trace_support.hpp"

#include <algorithm>
#include <map>

namespace asyncio::test {
namespace {

using detail::TraceKind;
using detail::Tracer;
using detail::TraceRecord;

class TracerTest : public testing::Test {
protected:
    MemorySink sink;
    Tracer tracer{sink};
};

Coro<> sleeper() { co_await sleep(1); }
Coro<int> failing() {
    co_await sleep(1);
    throw ValueError("no such key");
}

TEST_F(TracerTest, tells_the_whole_life_of_a_task_in_order) {
    tracer.start(nullptr);
    std::uint32_t id = 0;
    run_virtual([](std::uint32_t& id) -> Coro<> {
        auto task = create_task(sleeper(), "napper");
        id = id_of(task);
        co_await task;
    }(id));
    tracer.stop();
    EXPECT_EQ(sink.life(id), "made running suspended ready running done");
    const auto named = std::ranges::find_if(sink.records, [id](const TraceRecord& record) {
        return record.kind == TraceKind::named && record.task == id;
    });
    ASSERT_NE(named, sink.records.end());
    EXPECT_EQ(sink.told.at(static_cast<std::size_t>(named - sink.records.begin())), "napper");
}

TEST_F(TracerTest, names_the_coroutine_the_line_of_the_co_await_and_what_is_waited_for) {
    tracer.start(nullptr);
    std::uint32_t id = 0;
    std::uint32_t main_id = 0;
    run_virtual([](std::uint32_t& id, std::uint32_t& main_id) -> Coro<> {
        auto task = create_task(sleeper());
        id = id_of(task);
        main_id = id_of(current_task());
        co_await task;
    }(id, main_id));
    tracer.stop();
    for (const TraceRecord& record : sink.records) {
        if (record.kind == TraceKind::made && record.task == id) {
            EXPECT_EQ(sink.places.at(record.a), "asyncio::test::sleeper");
            EXPECT_EQ(record.b, main_id);
        }
        if (record.kind != TraceKind::suspended) continue;
        if (record.task == id) {
            EXPECT_EQ(record.detail, static_cast<std::uint8_t>(AwaitedKind::sleep));
        } else {
            EXPECT_EQ(record.detail, static_cast<std::uint8_t>(AwaitedKind::task));
            EXPECT_EQ(record.b, id);
        }
    }
}

TEST_F(TracerTest, tells_how_a_task_ended) {
    tracer.start(nullptr);
    std::vector<std::uint32_t> ids;
    run_virtual([](std::vector<std::uint32_t>& ids) -> Coro<> {
        auto fails = create_task(failing());
        auto stopped = create_task(sleeper());
        auto never_began = create_task(sleeper());
        ids = {id_of(fails), id_of(stopped), id_of(never_began)};
        never_began.cancel("not needed");
        co_await sleep(0.5);
        stopped.cancel();
        co_await gather(return_exceptions, fails, stopped, never_began);
    }(ids));
    tracer.stop();
    EXPECT_EQ(sink.life(ids[0]), "made running suspended ready running failed");
    EXPECT_EQ(sink.life(ids[1]), "made running suspended cancel ready running cancelled");
    EXPECT_EQ(sink.life(ids[2]), "made cancel running cancelled");
    const auto has = [&](const std::string& text) { return std::ranges::contains(sink.told, text); };
    EXPECT_TRUE(has("ValueError: no such key"));
    EXPECT_TRUE(has("not needed"));
}

TEST_F(TracerTest, times_never_fall_and_are_those_of_the_loop) {
    tracer.start(nullptr);
    run_virtual([]() -> Coro<> {
        co_await sleep(2.5);
        co_await sleep(1);
    }());
    tracer.stop();
    const auto is_told = [](const TraceRecord& record) { return record.kind != TraceKind::place; };
    auto told = sink.records | std::views::filter(is_told);
    EXPECT_TRUE(std::ranges::is_sorted(told, {}, &TraceRecord::loop_time));
    EXPECT_TRUE(std::ranges::is_sorted(told, {}, &TraceRecord::real_time));
    EXPECT_EQ(sink.records.back().loop_time, 3'500'000);
}

TEST_F(TracerTest, told_late_begins_with_the_tasks_that_are_there) {
    run_virtual([](Tracer& tracer, MemorySink& sink) -> Coro<> {
        auto sleeping = create_task(sleeper(), "early");
        co_await sleep(0.5);
        auto fresh = create_task(sleeper());
        tracer.start(&get_running_loop());
        EXPECT_EQ(sink.records.front().kind, TraceKind::begin);
        EXPECT_EQ(sink.records.front().a, 3u);
        EXPECT_EQ(sink.life(id_of(sleeping)), "made suspended");
        EXPECT_EQ(sink.life(id_of(fresh)), "made ready");
        EXPECT_EQ(sink.life(id_of(current_task())), "made running");
        co_await gather(sleeping, fresh);
        tracer.stop();
        EXPECT_EQ(sink.life(id_of(sleeping)), "made suspended ready running done");
        const std::size_t before = sink.records.size();
        co_await sleeper();
        EXPECT_EQ(sink.records.size(), before);
    }(tracer, sink));
}

TEST_F(TracerTest, a_task_started_eagerly_makes_its_first_step_inside_its_makers) {
    tracer.start(nullptr);
    std::uint32_t id = 0;
    run_virtual([](std::uint32_t& id) -> Coro<> {
        auto task = create_task(sleeper(), TaskOptions{.eager_start = true});
        id = id_of(task);
        co_await task;
    }(id));
    tracer.stop();
    EXPECT_EQ(sink.life(id), "made running suspended ready running done");
}

TEST_F(TracerTest, a_function_with_arguments_gets_its_coroutines_name_after_the_first_step) {
    tracer.start(nullptr);
    std::uint32_t id = 0;
    run_virtual([](std::uint32_t& id) -> Coro<> {
        auto task = create_task([](int) { return sleeper(); }, 7);
        id = id_of(task);
        co_await task;
    }(id));
    tracer.stop();
    const auto told = std::ranges::find_if(sink.records, [id](const TraceRecord& record) {
        return record.task == id && record.kind == TraceKind::coroutine;
    });
    ASSERT_NE(told, sink.records.end());
    EXPECT_EQ(sink.places.at(told->a), "asyncio::test::sleeper");
}

TEST_F(TracerTest, of_a_busy_loop_steps_are_counted_and_none_is_lost) {
    tracer.start(nullptr);
    constexpr int count = 200'000;
    std::uint32_t id = 0;
    sink.step = 0.05;
    run_virtual([](std::uint32_t& id) -> Coro<> {
        auto task = create_task(turns(count));
        id = id_of(task);
        co_await task;
    }(id));
    tracer.stop();
    EXPECT_LT(sink.records.size(), 20'000u);
    std::uint64_t steps = 0;
    for (const TraceRecord& record : sink.records) {
        if (record.task != id) continue;
        if (record.kind == TraceKind::running) steps += 1 + record.a;
        if (record.kind == TraceKind::ran || record.kind == TraceKind::done) steps += record.a;
    }
    EXPECT_EQ(steps, count + 1u);
    EXPECT_EQ(sink.count(TraceKind::done, id), 1u);
}

TEST_F(TracerTest, before_a_wait_it_says_how_those_stand_whose_steps_were_not_told) {
    tracer.start(nullptr);
    sink.step = 0.01; // far too many records in far too short a time
    constexpr int count = 10'000;
    run_virtual([](MemorySink& sink) -> Coro<> {
        std::vector<Task<>> tasks;
        for (int i = 0; i < count; ++i) tasks.push_back(create_task(sleeper()));
        co_await sleep(0.5);
        detail::tracer->flush();
        EXPECT_EQ(sink.count(TraceKind::made), count + 1u);
        EXPECT_GE(sink.count(TraceKind::suspended), static_cast<std::size_t>(count));
        co_await gather(tasks);
    }(sink));
    tracer.stop();
    EXPECT_EQ(sink.count(TraceKind::done), count + 1u);
}

TEST_F(TracerTest, a_hundred_thousand_tasks_have_their_records_in_batches_that_do_not_grow) {
    tracer.start(nullptr);
    constexpr int count = 100'000;
    run_virtual([]() -> Coro<> {
        std::vector<Task<>> tasks;
        for (int i = 0; i < count; ++i) tasks.push_back(create_task(sleeper()));
        co_await gather(tasks);
    }());
    tracer.stop();
    EXPECT_EQ(sink.count(TraceKind::made), count + 1u);
    EXPECT_EQ(sink.count(TraceKind::done), count + 1u);
    EXPECT_GE(sink.batches, 12);
}

TEST_F(TracerTest, what_came_before_a_step_has_left_when_the_step_begins) {
    tracer.start(nullptr);
    run_virtual([](MemorySink& sink) -> Coro<> {
        // A step that never ends would be shown as running.
        EXPECT_EQ(sink.life(id_of(current_task())), "made running");
        co_return;
    }(sink));
    tracer.stop();
}

TEST_F(TracerTest, a_long_callback_is_told_of) {
    tracer.start(nullptr);
    run_virtual([](MemorySink& sink) -> Coro<> {
        get_running_loop().call_soon([&] { sink.now += 5000; });
        co_await turns(2);
    }(sink));
    tracer.stop();
    EXPECT_EQ(sink.count(TraceKind::callback), 1u);
}

TEST_F(TracerTest, goes_with_the_debug_mode_of_the_loop) {
    tracer.start(nullptr);
    run_virtual([]() -> Coro<> { co_await sleeper(); }(), {.debug = true});
    tracer.stop();
    EXPECT_GE(sink.count(TraceKind::suspended), 1u);
}

TEST_F(TracerTest, a_task_destroyed_with_its_loop_has_an_end) {
    tracer.start(nullptr);
    std::uint32_t id = 0;
    {
        EventLoop loop(std::make_unique<VirtualClock>());
        Reports reports(loop);
        auto task = loop.create_task(sleeper());
        id = id_of(task);
    }
    tracer.stop();
    EXPECT_EQ(sink.life(id), "made cancelled");
}

TEST_F(TracerTest, takes_texts_of_any_length_and_content) {
    tracer.start(nullptr);
    const std::string odd = std::string("nul \0 and \xff", 11) + std::string(1'000'000, 'x');
    run_virtual([](std::string odd) -> Coro<> {
        auto task = create_task(sleeper(), odd);
        task.set_name("plain");
        co_await task;
    }(odd));
    tracer.stop();
    EXPECT_TRUE(std::ranges::contains(sink.told, odd));
    EXPECT_TRUE(std::ranges::contains(sink.told, "plain"));
}

TEST(NoTracer, tells_nobody) {
    EXPECT_EQ(detail::tracer, nullptr);
    MemorySink sink;
    {
        Tracer tracer(sink);
        run_virtual(sleeper());
    }
    EXPECT_TRUE(sink.records.empty());
}

} // namespace
} // namespace asyncio::test
