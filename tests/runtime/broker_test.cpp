#include "support.hpp"

#include <asyncio/broker.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::test {
namespace {

using broker::Broker;
using broker::Message;
using broker::PubSub;

/// The next message as text, without waiting; "-" if there is none.
Coro<std::string> next_of(PubSub subscriber) {
    const std::optional<Message> message = co_await subscriber.get_message();
    if (!message) co_return "-";
    co_return message->type + " " + message->channel +
        (message->is_confirmation() ? " " + std::to_string(message->subscriptions) : "=" + message->data);
}

CO_TEST(Broker, delivers_to_the_subscribers_of_a_channel) {
    Broker redis = broker::connect();
    PubSub one = redis.pubsub();
    PubSub two = redis.pubsub();
    co_await one.subscribe("news", "sport");
    co_await two.subscribe("news");
    EXPECT_EQ(co_await redis.publish("news", "hello"), 2u);
    EXPECT_EQ(co_await redis.publish("sport", "goal"), 1u);
    EXPECT_EQ(co_await redis.publish("other", "lost"), 0u);
    EXPECT_EQ(co_await next_of(one), "subscribe news 1");
    EXPECT_EQ(co_await next_of(one), "subscribe sport 2");
    EXPECT_EQ(co_await next_of(one), "message news=hello");
    EXPECT_EQ(co_await next_of(one), "message sport=goal");
    EXPECT_EQ(co_await next_of(one), "-");
    EXPECT_EQ(co_await next_of(two), "subscribe news 1");
    EXPECT_EQ(co_await next_of(two), "message news=hello");
    EXPECT_EQ(co_await next_of(two), "-");
}

CO_TEST(Broker, patterns_match_channels_as_in_redis) {
    const std::vector<std::pair<std::string, std::string>> fitting = {{"*", ""},
                                                                      {"*", "a"},
                                                                      {"news.*", "news."},
                                                                      {"news.*", "news.a.b"},
                                                                      {"h?llo", "hallo"},
                                                                      {"h[ae]llo", "hello"},
                                                                      {"h[^e]llo", "hallo"},
                                                                      {"[a-c]x", "bx"},
                                                                      {"[c-a]x", "bx"},
                                                                      {"\\*", "*"},
                                                                      {"[\\]]", "]"},
                                                                      {"a*b*c", "a-b-b-c"},
                                                                      {"***", "x"},
                                                                      {"[ab", "b"},
                                                                      {"?\xC3?", "a\xC3\xA4"},
                                                                      {"\\", "\\"}};
    const std::vector<std::pair<std::string, std::string>> other = {{"", "a"},
                                                                    {"?", ""},
                                                                    {"news.*", "news"},
                                                                    {"h?llo", "hllo"},
                                                                    {"h[ae]llo", "hillo"},
                                                                    {"h[^e]llo", "hello"},
                                                                    {"[a-c]x", "dx"},
                                                                    {"\\*", "a"},
                                                                    {"a*b", "a-bc"},
                                                                    {"[ab", "c"},
                                                                    {"News", "news"}};
    Broker redis = broker::connect();
    for (const auto& [pattern, channel] : fitting) {
        PubSub subscriber = redis.pubsub();
        co_await subscriber.psubscribe(pattern);
        EXPECT_EQ(co_await redis.publish(channel, ""), 1u) << pattern << " " << channel;
    }
    for (const auto& [pattern, channel] : other) {
        PubSub subscriber = redis.pubsub();
        co_await subscriber.psubscribe(pattern);
        EXPECT_EQ(co_await redis.publish(channel, ""), 0u) << pattern << " " << channel;
    }
    PubSub stars = redis.pubsub();
    co_await stars.psubscribe("*a*a*a*a*a*a*a*a*a*a*b");
    EXPECT_EQ(co_await redis.publish(std::string(10'000, 'a'), ""), 0u);
}

CO_TEST(Broker, a_channel_and_a_pattern_that_both_match_give_two_messages) {
    Broker redis = broker::connect();
    PubSub subscriber = redis.pubsub();
    co_await subscriber.psubscribe("n*", "*s");
    co_await subscriber.subscribe("news");
    EXPECT_EQ(co_await redis.publish("news", "x"), 3u);
    EXPECT_EQ(co_await next_of(subscriber), "psubscribe n* 1");
    EXPECT_EQ(co_await next_of(subscriber), "psubscribe *s 2");
    EXPECT_EQ(co_await next_of(subscriber), "subscribe news 3");
    EXPECT_EQ(*co_await subscriber.get_message(),
              (Message{.type = "message", .channel = "news", .data = "x"}));
    EXPECT_EQ((co_await subscriber.get_message())->repr(),
              "{'type': 'pmessage', 'pattern': 'n*', 'channel': 'news', 'data': 'x'}");
    EXPECT_EQ((co_await subscriber.get_message())->pattern, "*s");
}

CO_TEST(Broker, unsubscribing_is_confirmed_and_keeps_what_has_arrived) {
    Broker redis = broker::connect();
    PubSub subscriber = redis.pubsub();
    co_await subscriber.subscribe("a", "b", "a");
    co_await subscriber.psubscribe("c*");
    co_await redis.publish("a", "1");
    co_await subscriber.unsubscribe("a", "none");
    co_await redis.publish("a", "2");
    co_await subscriber.unsubscribe();
    co_await subscriber.unsubscribe();
    EXPECT_TRUE(subscriber.subscribed());
    co_await subscriber.punsubscribe();
    EXPECT_FALSE(subscriber.subscribed());
    Log log;
    auto messages = subscriber.listen();
    while (auto message = co_await messages.next()) log.push_back(message->repr());
    EXPECT_EQ(log, (Log{"{'type': 'subscribe', 'pattern': None, 'channel': 'a', 'data': 1}",
                        "{'type': 'subscribe', 'pattern': None, 'channel': 'b', 'data': 2}",
                        "{'type': 'subscribe', 'pattern': None, 'channel': 'a', 'data': 2}",
                        "{'type': 'psubscribe', 'pattern': None, 'channel': 'c*', 'data': 3}",
                        "{'type': 'message', 'pattern': None, 'channel': 'a', 'data': '1'}",
                        "{'type': 'unsubscribe', 'pattern': None, 'channel': 'a', 'data': 2}",
                        "{'type': 'unsubscribe', 'pattern': None, 'channel': 'none', 'data': 2}",
                        "{'type': 'unsubscribe', 'pattern': None, 'channel': 'b', 'data': 1}",
                        "{'type': 'unsubscribe', 'pattern': None, 'channel': '', 'data': 1}",
                        "{'type': 'punsubscribe', 'pattern': None, 'channel': 'c*', 'data': 0}"}));
}

CO_TEST(Broker, listen_waits_and_ends_when_nothing_is_subscribed) {
    Broker redis = broker::connect();
    PubSub subscriber = redis.pubsub({.ignore_subscribe_messages = true});
    co_await subscriber.subscribe("a");
    Log log;
    auto listening = create_task([&]() -> Coro<> {
        auto messages = subscriber.listen();
        while (auto message = co_await messages.next()) log.push_back(message->data);
    });
    for (const char* data : {"1", "2", "3"}) co_await redis.publish("a", data);
    co_await turns(2);
    EXPECT_EQ(log, (Log{"1", "2", "3"}));
    EXPECT_FALSE(listening.done());
    co_await subscriber.unsubscribe();
    co_await listening;
}

CO_TEST(Broker, get_message_waits_for_at_most_its_timeout) {
    Broker redis = broker::connect();
    PubSub subscriber = redis.pubsub();
    const EventLoop& loop = get_running_loop();
    EXPECT_FALSE(co_await subscriber.get_message({.timeout = 2}));
    EXPECT_EQ(loop.time(), 2);
    co_await subscriber.subscribe("a");
    auto publishing = create_task([&]() -> Coro<> {
        co_await sleep(3);
        co_await redis.publish("a", "x");
    });
    EXPECT_EQ(
        (co_await subscriber.get_message({.ignore_subscribe_messages = true, .timeout = std::nullopt}))->data,
        "x");
    EXPECT_EQ(loop.time(), 5);
    EXPECT_FALSE(co_await subscriber.get_message());
    co_await publishing;
}

CO_TEST(Broker, a_cancel_loses_no_message) {
    Broker redis = broker::connect();
    PubSub subscriber = redis.pubsub({.ignore_subscribe_messages = true});
    co_await subscriber.subscribe("a");
    const auto get = [&]() -> Coro<std::string> {
        co_return (co_await subscriber.get_message({.timeout = std::nullopt}))->data;
    };
    auto before = create_task(get);
    co_await turns();
    (void)before.cancel();
    CO_EXPECT_RAISES(co_await before, CancelledError);
    auto after = create_task(get);
    co_await turns();
    (void)co_await redis.publish("a", "1");
    (void)after.cancel();
    std::optional<std::string> got;
    try {
        got = co_await after;
    } catch (const CancelledError&) { // Then the message is still there.
    }
    if (!got) got = co_await get();
    EXPECT_EQ(got, "1");
    EXPECT_EQ(subscriber.unread(), 0u);
}

CO_TEST(Broker, a_slow_subscriber_loses_the_oldest) {
    Broker redis = broker::connect();
    PubSub slow = redis.pubsub({.limit = 3});
    co_await slow.subscribe("a");
    for (int i = 1; i <= 5; ++i) EXPECT_EQ(co_await redis.publish("a", std::to_string(i)), 1u);
    EXPECT_EQ(slow.unread(), 3u);
    EXPECT_EQ(slow.dropped(), 2u);
    EXPECT_EQ(co_await next_of(slow), "subscribe a 1");
    EXPECT_EQ(co_await next_of(slow), "message a=3");
    co_await redis.publish("a", "6");
    EXPECT_EQ(slow.dropped(), 2u);
}

CO_TEST(Broker, or_it_is_unsubscribed_and_raises) {
    Broker redis = broker::connect();
    PubSub slow =
        redis.pubsub({.ignore_subscribe_messages = true, .limit = 2, .overflow = broker::Overflow::raise});
    co_await slow.subscribe("a", "b");
    co_await slow.psubscribe("*");
    EXPECT_EQ(co_await redis.publish("a", "1"), 2u);
    EXPECT_EQ(co_await redis.publish("b", "2"), 2u);
    EXPECT_EQ(co_await redis.publish("b", "3"), 0u);
    EXPECT_FALSE(slow.subscribed());
    auto messages = slow.listen();
    EXPECT_EQ((co_await messages.next())->type, "message");
    EXPECT_EQ((co_await messages.next())->type, "pmessage");
    CO_EXPECT_RAISES(co_await messages.next(), broker::SlowSubscriberError);
    co_await slow.subscribe("a");
    co_await redis.publish("a", "4");
    EXPECT_EQ(co_await next_of(slow), "message a=4");
}

CO_TEST(Broker, a_subscriber_that_waits_is_told_that_it_is_too_slow) {
    Broker redis = broker::connect();
    PubSub slow = redis.pubsub({.limit = 1, .overflow = broker::Overflow::raise});
    co_await slow.subscribe("a");
    Log log;
    auto listening = create_task([&]() -> Coro<> {
        auto messages = slow.listen();
        while (auto message = co_await messages.next()) {
            log.push_back(message->type);
            co_await sleep(10);
        }
    });
    co_await sleep(15);
    for (int i = 0; i < 3; ++i) co_await redis.publish("a", "x");
    CO_EXPECT_RAISES(co_await listening, broker::SlowSubscriberError);
    EXPECT_EQ(log, (Log{"subscribe", "message", "message"}));
}

CO_TEST(Broker, handles_of_one_name_share_it_while_one_lives) {
    std::optional<Broker> one = broker::connect("shared");
    Broker two = co_await broker::connect("shared");
    Broker other = broker::connect("other");
    PubSub subscriber = one->pubsub();
    co_await subscriber.subscribe("a");
    one.reset();
    EXPECT_EQ(co_await two.publish("a", "x"), 1u);
    EXPECT_EQ(co_await other.publish("a", "x"), 0u);
    EXPECT_EQ(co_await two.pubsub_channels(), (Log{"a"}));
    EXPECT_EQ(co_await two.pubsub_channels("b*"), Log());
    const auto counts = co_await two.pubsub_numsub({"a", "b"});
    EXPECT_EQ(counts.at(0), (std::pair<std::string, std::size_t>("a", 1)));
    EXPECT_EQ(counts.at(1).second, 0u);
    co_await subscriber.psubscribe("*");
    EXPECT_EQ(co_await two.pubsub_numpat(), 1u);
}

CO_TEST(Broker, a_subscriber_leaves_when_it_is_destroyed_or_closed) {
    Broker redis = broker::connect();
    {
        PubSub subscriber = redis.pubsub();
        co_await subscriber.subscribe("a");
        co_await subscriber.psubscribe("*");
        EXPECT_EQ(co_await redis.publish("a", "x"), 2u);
    }
    EXPECT_EQ(co_await redis.publish("a", "x"), 0u);
    co_await async_with(redis.pubsub(), [&](PubSub& subscriber) -> Coro<> {
        co_await subscriber.subscribe("a");
        EXPECT_EQ(co_await redis.publish("a", "x"), 1u);
    });
    EXPECT_EQ(co_await redis.publish("a", "x"), 0u);
    PubSub subscriber = redis.pubsub();
    co_await subscriber.subscribe("a");
    auto listening = create_task([&]() -> Coro<> {
        auto messages = subscriber.listen();
        while (co_await messages.next()) {
        }
    });
    co_await turns(3);
    co_await redis.aclose();
    co_await listening;
    EXPECT_FALSE(subscriber.subscribed());
}

} // namespace
} // namespace asyncio::test
