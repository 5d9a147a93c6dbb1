#include "../trace/server_log.hpp"
#include "app_state.hpp"
#include "request_state.hpp"
#include "response_writer.hpp"
#include "server.hpp"
#include "status.hpp"
#include "text.hpp"

#include <asyncio/detail/finally.hpp>
#include <asyncio/error.hpp>
#include <asyncio/wait_for.hpp>
#include <asyncio/web/error.hpp>

#include <format>
#include <optional>
#include <utility>

namespace asyncio::web::detail {
namespace {

/// What is read of a body that the handler left, so that the connection can be used again.
constexpr std::size_t most_left = std::size_t{256} * 1024;
/// How long a client may go on sending after the last response: if the connection were closed at once, it could lose
/// that response.
constexpr double lingering_seconds = 2;
constexpr std::size_t discarded_at_once = std::size_t{64} * 1024;

class Connection {
public:
    Connection(std::shared_ptr<Server> server, Client& client, StreamReader reader, StreamWriter writer)
        : server_(std::move(server)), client_(client), input_(std::make_shared<Input>(std::move(reader))),
          writer_(std::move(writer)), remote_(writer_.get_extra_info("peername").value_or("")),
          local_(asyncio::detail::server_log() == nullptr ? ""
                                                          : writer_.get_extra_info("sockname").value_or("")) {
    }

    Coro<> serve() {
        if (server_->admit()) {
            const asyncio::detail::Finally leave([&] { server_->leave(); });
            co_await serve_requests();
        } else {
            co_await refuse(HTTPServiceUnavailable("the server has too many connections: try again later"));
        }
        co_await linger();
    }

private:
    Coro<> serve_requests() {
        while (!server_->is_stopping() && co_await has_request()) {
            client_.idle = false;
            const std::optional<RequestHead> head = co_await read_head();
            if (!head || !co_await serve_request(*head)) break;
            client_.idle = true;
        }
    }

    /// Suspends until the first byte of a request is there; false if none comes.
    Coro<bool> has_request() {
        if (!input_->view().empty()) co_return true;
        try {
            co_return co_await wait_for(input_->fill(), server_->options().keepalive_timeout);
        } catch (const TimeoutError&) {
            co_return false;
        }
    }

    /// Answers what is no request by itself; then it is nullopt.
    Coro<std::optional<RequestHead>> read_head() {
        std::optional<HTTPException> refusal;
        try {
            // One that is there needs no deadline.
            if (input_->view().contains("\r\n\r\n")) co_return co_await read_request_head(*input_);
            co_return co_await wait_for(read_request_head(*input_), server_->options().header_timeout);
        } catch (const HTTPException& error) {
            refusal = error;
        } catch (const TimeoutError&) {
            refusal = HTTPRequestTimeout("the head of the request did not arrive in time");
        } catch (const BrokenOff&) {
            refusal = HTTPBadRequest("the head of the request is incomplete");
        }
        co_await refuse(*refusal);
        co_return std::nullopt;
    }

    Coro<> refuse(const HTTPException& error) {
        const RequestHead unknown{.keep_alive = false};
        co_await send_response(
            std::make_shared<Exchange>(input_, writer_, unknown, server_->options().write_timeout),
            to_response(error));
    }

    /// Whether another request may follow.
    Coro<bool> serve_request(const RequestHead& head) {
        asyncio::detail::LoggedRequest logged(local_, head.method, head.target);
        const std::string_view target(head.target);
        const std::string_view raw_path = target.substr(0, target.find('?'));
        const std::optional<std::string> path = canonical_path(raw_path);
        if (!path) {
            co_await refuse(HTTPBadRequest("the path has a % without two hexadecimal digits"));
            logged.end(status::bad_request, true);
            co_return false;
        }
        const auto exchange =
            std::make_shared<Exchange>(input_, writer_, head, server_->options().write_timeout);
        const auto body = std::make_shared<Body>(input_, head.framing, server_->options().body_timeout,
                                                 head.expects_continue ? exchange : nullptr);
        const std::string query(target.substr(std::min(raw_path.size() + 1, target.size())));
        Request request(
            std::make_shared<RequestState>(RequestState{.head = head,
                                                        .path = percent_decoded(*path).value_or(""),
                                                        .query_string = query,
                                                        .query = Query(parsed_form(query)),
                                                        .remote = remote_,
                                                        .exchange = exchange,
                                                        .body = body,
                                                        .app = &server_->app()}));
        const asyncio::detail::Finally retire([&] {
            exchange->retire();
            logged.end(exchange->code(), false);
        });
        const bool answered = co_await answer(request, *path);
        logged.end(exchange->code(), answered || exchange->code() == status::switching_protocols);
        if (!answered || !exchange->keeps_alive() || server_->is_stopping()) co_return false;
        co_return co_await discard(*body);
    }

    Coro<bool> answer(Request& request, const std::string& path) {
        const Exchange& exchange = *request.state().exchange;
        std::exception_ptr error;
        try {
            Response response = co_await dispatch(server_->app(), request, path);
            prepare_end(request);
            co_await send_response(request.state().exchange, std::move(response));
            co_return exchange.is_ended();
        } catch (...) {
            error = std::current_exception();
        }
        std::optional<Response> instead = response_for(error, request);
        if (!instead || exchange.is_started()) co_return false;
        prepare_end(request);
        co_await send_response(request.state().exchange, std::move(*instead));
        co_return exchange.is_ended();
    }

    /// What is sent for an error of a handler; nullopt if nobody is there to receive it.
    static std::optional<Response> response_for(const std::exception_ptr& error, const Request& request) {
        try {
            std::rethrow_exception(error);
        } catch (const HTTPException& known) {
            return to_response(known);
        } catch (const CancelledError&) {
            // Otherwise it is of something else that the handler awaited.
            if (current_task().cancelling() > 0) throw;
        } catch (const ConnectionError&) {
            if (request.state().exchange->is_started()) return std::nullopt;
        } catch (...) { // NOLINT(bugprone-empty-catch): reported below
        }
        report(
            std::format("Unhandled exception in the handler of {} {}", request.method(), request.raw_path()),
            error);
        return to_response(HTTPInternalServerError());
    }

    /// Says in the head of the response whether the connection is closed after it.
    void prepare_end(const Request& request) const {
        const Body& body = *request.state().body;
        const bool unreadable =
            !body.ended() && (body.failed() || body.is_held_back() || body.length().value_or(0) > most_left);
        if (unreadable || server_->is_stopping()) request.state().exchange->close_afterwards();
    }

    Coro<bool> discard(Body& body) {
        std::size_t count = 0;
        try {
            while (!body.ended() && count <= most_left)
                count += (co_await body.read(discarded_at_once)).size();
        } catch (const HTTPException&) {
            co_return false;
        }
        co_return body.ended();
    }

    Coro<> linger() {
        if (writer_.is_closing()) co_return;
        client_.idle = true;
        writer_.write_eof();
        try {
            co_await wait_for(discard_all(), lingering_seconds);
        } catch (const TimeoutError&) { // NOLINT(bugprone-empty-catch): it is closed all the same
        }
        writer_.close();
        if (server_->is_stopping()) co_return;
        try {
            co_await wait_for(writer_.wait_closed(), server_->options().write_timeout);
        } catch (const TimeoutError&) {
            writer_.abort();
        }
    }

    Coro<> discard_all() {
        while (co_await input_->fill()) input_->drop(input_->view().size());
    }

    std::shared_ptr<Server> server_;
    Client& client_;
    std::shared_ptr<Input> input_;
    StreamWriter writer_;
    std::string remote_;
    std::string local_;
};

} // namespace

Coro<> serve_connection(std::shared_ptr<Server> server, StreamReader reader, StreamWriter writer) {
    std::list<Client>& clients = server->clients();
    const auto client = clients.insert(clients.end(), Client{.task = current_task()});
    const asyncio::detail::Finally leave([&] { clients.erase(client); });
    Connection connection(server, *client, std::move(reader), std::move(writer));
    try {
        co_await connection.serve();
    } catch (const ConnectionError&) { // NOLINT(bugprone-empty-catch): the client is gone
    }
}

} // namespace asyncio::web::detail
