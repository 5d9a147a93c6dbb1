// A chat server: a message of one client goes to all the others
#include <asyncio.hpp>
#include <map>
#include <print>

class Room {
public:
    asyncio::Coro<> serve(asyncio::StreamReader reader, asyncio::StreamWriter writer) {
        const std::string name = trimmed(co_await reader.readline());
        members_.emplace(name, writer);
        co_await tell_others(name, "* " + name + " is here");
        while (auto line = co_await reader.next()) co_await tell_others(name, name + ": " + trimmed(*line));
        members_.erase(name);
        co_await tell_others(name, "* " + name + " has left");
    }

    static std::string trimmed(std::string line) {
        while (line.ends_with('\n')) line.pop_back();
        return line;
    }

private:
    asyncio::Coro<> tell_others(std::string from, std::string text) {
        std::vector<asyncio::Coro<>> sending;
        for (auto& [name, writer] : members_) {
            if (name == from) continue;
            writer.write(text + "\n");
            sending.push_back(writer.drain());
        }
        co_await asyncio::gather(asyncio::return_exceptions, std::move(sending));
    }

    std::map<std::string, asyncio::StreamWriter> members_;
};

// Replies with prepared answers, and leaves at a message without one.
asyncio::Coro<> chat(std::string name, std::map<std::string, std::string> answers) {
    auto [reader, writer] = co_await asyncio::open_connection("127.0.0.1", 8888);
    writer.write(name + "\n");
    while (auto line = co_await reader.next()) {
        const std::string heard = Room::trimmed(*line);
        std::println("{:>5} hears: {}", name, heard);
        if (!answers.contains(heard)) break;
        writer.write(answers.at(heard) + "\n");
    }
    writer.close();
    co_await writer.wait_closed();
}

asyncio::Coro<> amain() {
    Room room;
    auto server = co_await asyncio::start_server(
        [&](auto reader, auto writer) { return room.serve(reader, writer); }, "127.0.0.1", 8888);
    co_await asyncio::async_with(server, [&]() -> asyncio::Coro<> {
        co_await asyncio::gather(
            chat("ann", {{"* bob is here", "hi bob"}, {"bob: hi ann", "I must go"}}),
            chat("bob", {{"ann: hi bob", "hi ann"}, {"ann: I must go", "bye"}}));
    });
}

int main() {
    asyncio::run(amain());
}
