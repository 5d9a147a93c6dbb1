#pragma once

#include "support.hpp"

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::test {

// OIDs of types.
inline constexpr std::uint32_t bool_ = 16;
inline constexpr std::uint32_t bytea = 17;
inline constexpr std::uint32_t int8 = 20;
inline constexpr std::uint32_t int4 = 23;
inline constexpr std::uint32_t text = 25;
inline constexpr std::uint32_t float8 = 701;
inline constexpr std::uint32_t date = 1082;
inline constexpr std::uint32_t timestamptz = 1184;
inline constexpr std::uint32_t interval = 1186;
inline constexpr std::uint32_t numeric = 1700;
inline constexpr std::uint32_t uuid = 2950;
inline constexpr std::uint32_t jsonb = 3802;

using Values = std::vector<std::optional<std::string>>;

// Messages of a server.
std::string columns(const std::vector<std::pair<std::string, std::uint32_t>>& named);
std::string row(const Values& values);
std::string complete(const std::string& status);
std::string error(const std::vector<std::pair<char, std::string>>& fields);
std::string notification(int pid, const std::string& channel, const std::string& payload);

/// A server of PostgreSQL's protocol that answers as it is told. Copies share it; it ends with the loop.
class ScriptedServer {
public:
    /// `method`: "trust", "password", "md5", or another one, which no client knows.
    static Coro<ScriptedServer> start(std::string method = "trust");
    /// Answers a new connection with the bytes, and hangs up.
    static Coro<ScriptedServer> start_with(std::string bytes);

    std::uint16_t port() const;

    // Answers to queries that contain a text:
    void answer(const std::string& query, std::string messages, std::vector<std::uint32_t> parameters = {});
    /// Answers nothing until it is cancelled.
    void silent_on(const std::string& query);
    void close_on(const std::string& query, std::string bytes);

    /// To all clients.
    void send(const std::string& bytes);
    void hang_up();

    // What clients sent:
    int count(char type) const;
    int cancels() const;
    int connections() const;
    const Values& bound() const;
    const std::string& copied() const;
    const std::string& password() const;
    const std::map<std::string, std::string>& settings() const;
    /// Of simple queries.
    const Log& queries() const;

    struct State;

private:
    explicit ScriptedServer(std::shared_ptr<State> state) : state_(std::move(state)) {}

    std::shared_ptr<State> state_;
};

} // namespace asyncio::test
