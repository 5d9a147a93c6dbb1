#include "postgres_server.hpp"

#include <algorithm>

namespace asyncio::test {
namespace {

std::string int32(std::uint32_t value) {
    std::string bytes;
    for (unsigned shift = 32; shift > 0; shift -= 8) bytes += static_cast<char>(value >> (shift - 8));
    return bytes;
}
std::string int16(std::size_t value) { return {static_cast<char>(value >> 8U), static_cast<char>(value)}; }
std::string message(char type, const std::string& body) {
    return type + int32(static_cast<std::uint32_t>(body.size() + 4)) + body;
}
std::string ended(const std::string& text) { return text + '\0'; }

std::uint32_t number_in(std::string_view bytes) {
    std::uint32_t value = 0;
    for (const char c : bytes) value = (value << 8U) | static_cast<unsigned char>(c);
    return value;
}

/// Takes parts off a message.
struct Fields {
    std::string rest;
    std::string bytes(std::size_t count) {
        std::string taken = rest.substr(0, count);
        rest.erase(0, count);
        return taken;
    }
    std::string text() {
        std::string taken = bytes(rest.find('\0'));
        bytes(1);
        return taken;
    }
    std::uint32_t number(std::size_t size = 4) { return number_in(bytes(size)); }
};

struct Answer {
    std::string query;
    std::string messages;
    std::vector<std::uint32_t> parameters = {};
    bool silent = false;
    bool closes = false;
};

constexpr std::uint32_t cancel_code = (1234U << 16U) | 5678U;

} // namespace

std::string columns(const std::vector<std::pair<std::string, std::uint32_t>>& named) {
    std::string body = int16(named.size());
    for (const auto& [name, type] : named)
        body += ended(name) + std::string(6, '\0') + int32(type) + std::string(8, '\0');
    return message('T', body);
}
std::string row(const Values& values) {
    std::string body = int16(values.size());
    for (const auto& value : values)
        body += value ? int32(static_cast<std::uint32_t>(value->size())) + *value : int32(UINT32_MAX);
    return message('D', body);
}
std::string complete(const std::string& status) { return message('C', ended(status)); }
std::string error(const std::vector<std::pair<char, std::string>>& fields) {
    std::string body;
    for (const auto& [kind, value] : fields) body += kind + ended(value);
    return message('E', ended(body));
}
std::string notification(int pid, const std::string& channel, const std::string& payload) {
    return message('A', int32(static_cast<std::uint32_t>(pid)) + ended(channel) + ended(payload));
}

struct ScriptedServer::State {
    std::optional<Server> server;
    std::string method;
    std::vector<Answer> answers;
    std::vector<StreamWriter> clients;
    std::map<char, int> counts;
    int cancels = 0;
    Values bound;
    std::string copied;
    std::string password;
    std::map<std::string, std::string> settings;
    Log queries;

    const Answer* find(const std::string& query) const {
        const auto found =
            std::ranges::find_if(answers, [&](const Answer& each) { return query.contains(each.query); });
        return found == answers.end() ? nullptr : &*found;
    }
};

namespace {

/// One client's connection.
class Client {
public:
    Client(std::shared_ptr<ScriptedServer::State> state, StreamReader reader, StreamWriter writer)
        : state_(std::move(state)), reader_(std::move(reader)), writer_(std::move(writer)) {}

    Coro<> serve() {
        Fields startup{co_await reader_.readexactly(number_in(co_await reader_.readexactly(4)) - 4)};
        if (startup.number() == cancel_code) {
            ++state_->cancels;
            for (const StreamWriter& each : state_->clients)
                each.write(error({{'C', "57014"}, {'M', "canceling statement"}}) + message('Z', "I"));
            writer_.close();
            co_return;
        }
        state_->clients.push_back(writer_);
        for (std::string name = startup.text(); !name.empty(); name = startup.text())
            state_->settings[name] = startup.text();
        if (state_->method == "password") co_await ask(3, "");
        if (state_->method == "md5") co_await ask(5, "salt");
        if (state_->method == "kerberos") co_await ask(7, "");
        writer_.write(message('R', int32(0)) +
                      message('S', ended("server_version") + ended("15.0 (scripted)")) +
                      message('K', int32(7) + int32(8)) + message('Z', "I"));
        for (;;) {
            const char type = (co_await reader_.readexactly(1)).front();
            Fields body{co_await reader_.readexactly(number_in(co_await reader_.readexactly(4)) - 4)};
            ++state_->counts[type];
            if (type == 'X') break;
            receive(type, body);
            if (closes_) break;
        }
        writer_.close();
    }

private:
    Coro<> ask(std::uint32_t method, std::string more) {
        writer_.write(message('R', int32(method) + more));
        co_await reader_.readexactly(1);
        Fields body{co_await reader_.readexactly(number_in(co_await reader_.readexactly(4)) - 4)};
        state_->password = body.text();
    }

    void receive(char type, Fields& body) {
        switch (type) {
        case 'P': {
            const std::string name = body.text();
            parsed_[name] = body.text();
            break;
        }
        case 'D': {
            const Answer* answer = state_->find(parsed_[body.rest.substr(1, body.rest.size() - 2)]);
            std::string types = int16(answer == nullptr ? 0 : answer->parameters.size());
            if (answer != nullptr)
                for (const std::uint32_t each : answer->parameters) types += int32(each);
            writer_.write(message('t', types));
            const bool rows = answer != nullptr && answer->messages.starts_with('T');
            writer_.write(rows ? answer->messages.substr(0, 1 + number_in(answer->messages.substr(1, 4)))
                               : message('n', ""));
            break;
        }
        case 'B': bind(body); break;
        case 'E': {
            const std::string portal = body.text();
            execute(portal, body.number());
            break;
        }
        case 'S':
            if (!std::exchange(silent_, false)) ready();
            break;
        case 'Q': query(body.text()); break;
        case 'd': state_->copied += body.rest; break;
        case 'c':
            reply(state_->find("COPY"), "OK");
            ready();
            break;
        default: break;
        }
    }

    void bind(Fields& body) {
        const std::string portal = body.text();
        portals_[portal] = {.query = parsed_[body.text()], .at = 0};
        body.number(2);
        state_->bound.clear();
        for (std::size_t count = body.number(2); count > 0; --count) {
            const std::uint32_t size = body.number();
            state_->bound.push_back(size == UINT32_MAX ? std::nullopt : std::optional(body.bytes(size)));
        }
        writer_.write(message('2', ""));
    }

    void execute(const std::string& name, std::uint32_t limit) {
        auto& portal = portals_[name];
        const Answer* answer = state_->find(portal.query);
        if (name.empty() || answer == nullptr) {
            reply(answer, "OK");
            return;
        }
        // After the description come the rows.
        const std::string& all = answer->messages;
        if (portal.at == 0) portal.at = 1 + number_in(all.substr(1, 4));
        for (std::uint32_t sent = 0; portal.at < all.size(); ++sent) {
            if (sent == limit) {
                writer_.write(message('s', ""));
                return;
            }
            const std::size_t size = 1 + number_in(all.substr(portal.at + 1, 4));
            writer_.write(all.substr(portal.at, size));
            portal.at += size;
        }
        writer_.write(complete("SELECT"));
    }

    void query(const std::string& sql) {
        state_->queries.push_back(sql);
        if (sql.starts_with("BEGIN")) status_ = "T";
        if (sql.starts_with("COMMIT") || sql == "ROLLBACK" || sql.starts_with("ROLLBACK;")) status_ = "I";
        if (sql.starts_with("COPY")) return;
        const Answer* answer = state_->find(sql);
        const bool known = sql.starts_with("LISTEN") || sql.starts_with("SET") || sql.starts_with("BEGIN");
        reply(answer, known ? sql.substr(0, sql.find(' ')) : "OK");
        if (!std::exchange(silent_, false)) ready();
    }

    void reply(const Answer* answer, const std::string& status) {
        silent_ = answer != nullptr && answer->silent;
        if (silent_) return;
        if (answer == nullptr) {
            writer_.write(complete(status));
            return;
        }
        writer_.write(answer->messages);
        closes_ = answer->closes;
        if (!closes_ && answer->messages.starts_with('T') && !answer->messages.contains("SERROR"))
            writer_.write(complete("SELECT"));
    }

    void ready() { writer_.write(message('Z', status_)); }

    struct Portal {
        std::string query;
        std::size_t at = 0;
    };

    std::shared_ptr<ScriptedServer::State> state_;
    StreamReader reader_;
    StreamWriter writer_;
    std::map<std::string, std::string> parsed_;
    std::map<std::string, Portal> portals_;
    std::string status_ = "I";
    bool silent_ = false;
    bool closes_ = false;
};

Coro<> serve(std::shared_ptr<ScriptedServer::State> state, StreamReader reader, StreamWriter writer) {
    if (!state) co_return; // the test has ended
    Client client(std::move(state), std::move(reader), std::move(writer));
    try {
        co_await client.serve();
    } catch (const EOFError&) {        // NOLINT(bugprone-empty-catch): the client hung up
    } catch (const ConnectionError&) { // NOLINT(bugprone-empty-catch): the same
    }
}

} // namespace

Coro<ScriptedServer> ScriptedServer::start(std::string method) {
    const auto state = std::make_shared<State>();
    state->method = std::move(method);
    state->server = co_await start_server(
        // The server is part of the state.
        [kept = std::weak_ptr(state)](StreamReader reader, StreamWriter writer) {
            return serve(kept.lock(), std::move(reader), std::move(writer));
        },
        "127.0.0.1", 0);
    co_return ScriptedServer(state);
}

Coro<ScriptedServer> ScriptedServer::start_with(std::string bytes) {
    const auto state = std::make_shared<State>();
    state->server = co_await start_server(
        [bytes = std::move(bytes)](StreamReader reader, StreamWriter writer) -> Coro<> {
            return [](std::string sent, StreamReader from, StreamWriter to) -> Coro<> {
                co_await from.read(4);
                to.write(sent);
                to.close();
            }(bytes, std::move(reader), std::move(writer));
        },
        "127.0.0.1", 0);
    co_return ScriptedServer(state);
}

std::uint16_t ScriptedServer::port() const { return state_->server->port(); }

void ScriptedServer::answer(const std::string& query, std::string messages,
                            std::vector<std::uint32_t> parameters) {
    state_->answers.push_back(
        {.query = query, .messages = std::move(messages), .parameters = std::move(parameters)});
}
void ScriptedServer::silent_on(const std::string& query) {
    state_->answers.push_back({.query = query, .messages = "", .silent = true});
}
void ScriptedServer::close_on(const std::string& query, std::string bytes) {
    state_->answers.push_back({.query = query, .messages = std::move(bytes), .closes = true});
}
void ScriptedServer::send(const std::string& bytes) {
    for (const StreamWriter& each : state_->clients) each.write(bytes);
}
void ScriptedServer::hang_up() {
    for (const StreamWriter& each : state_->clients) each.close();
}
int ScriptedServer::count(char type) const { return state_->counts[type]; }
int ScriptedServer::cancels() const { return state_->cancels; }
int ScriptedServer::connections() const { return static_cast<int>(state_->clients.size()); }
const Values& ScriptedServer::bound() const { return state_->bound; }
const std::string& ScriptedServer::copied() const { return state_->copied; }
const std::string& ScriptedServer::password() const { return state_->password; }
const std::map<std::string, std::string>& ScriptedServer::settings() const { return state_->settings; }
const Log& ScriptedServer::queries() const { return state_->queries; }

} // namespace asyncio::test
