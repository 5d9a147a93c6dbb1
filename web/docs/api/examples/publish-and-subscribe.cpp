// Subscribers, their messages and their limits
#include <asyncio.hpp>
#include <asyncio/broker.hpp>
#include <print>
#include <string>
namespace broker = asyncio::broker;

asyncio::Coro<> show_all(broker::PubSub subscriber) {
    while (auto message = co_await subscriber.get_message()) std::println("{}", *message);
}

asyncio::Coro<> amain() {
    broker::Broker redis = co_await broker::connect("example");
    broker::PubSub news = redis.pubsub();
    co_await news.subscribe("news", "sport");
    co_await news.psubscribe("weather.*");
    std::println("{} {} {}", news.subscribed(), asyncio::repr(news.channels()), asyncio::repr(news.patterns()));
    std::println("reached {}", co_await redis.publish("news", "hello"));
    std::println("reached {}", co_await redis.publish("weather.north", "snow"));
    std::println("{} unread", news.unread());
    co_await show_all(news);

    std::println("{} {}", asyncio::repr(co_await redis.pubsub_channels("s*")), co_await redis.pubsub_numpat());
    std::println("{}", asyncio::repr(co_await redis.pubsub_numsub({"news", "none"})));
    co_await news.unsubscribe("sport");
    co_await news.punsubscribe();
    co_await show_all(news);

    // Who reads too slowly loses the oldest messages.
    broker::PubSubOptions options = {.ignore_subscribe_messages = true, .limit = 2};
    broker::PubSub slow = redis.pubsub(options);
    co_await slow.subscribe("news");
    for (const char* text : {"1", "2", "3"}) co_await redis.publish("news", text);
    std::println("dropped {}, next is {}", slow.dropped(), (co_await slow.get_message())->data);

    // Or it is unsubscribed, and told so.
    options.overflow = broker::Overflow::raise;
    co_await asyncio::async_with(redis.pubsub(options), [&](broker::PubSub& strict) -> asyncio::Coro<> {
        co_await strict.subscribe("news");
        for (const char* text : {"1", "2", "3"}) co_await redis.publish("news", text);
        auto messages = strict.listen();
        try {
            while (auto message = co_await messages.next())
                std::println("{}: {} {}", message->type, message->data, message->is_confirmation());
        } catch (const broker::SlowSubscriberError& error) {
            std::println("{}", error.what());
        }
    });

    const broker::GetMessageOptions patient = {.ignore_subscribe_messages = true, .timeout = 0.01};
    co_await slow.aclose();
    std::println("{}", (co_await slow.get_message(patient)).has_value());
    const broker::Message message = {.type = "message", .channel = "a", .data = "b"};
    std::println("{} {}", message.repr(), message.pattern.has_value() || message.subscriptions > 0);
    co_await redis.aclose();
}

int main() { asyncio::run(amain()); }
