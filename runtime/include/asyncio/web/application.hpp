#pragma once

#include <asyncio/async_generator.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/http/url.hpp>
#include <asyncio/web/request.hpp>
#include <asyncio/web/response.hpp>
#include <asyncio/web/storage.hpp>

#include <any>
#include <concepts>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace asyncio::web {

class Application;

/// Answers a request. A handler is awaited in the task of its connection, in which requests follow one another.
using Handler = std::function<Coro<Response>(Request&)>;
/// Stands before the handlers: `Coro<web::Response> log(web::Request& request, web::Handler next)` awaits
/// `next(request)`, or answers by itself.
using Middleware = std::function<Coro<Response>(Request&, Handler)>;
/// A step of an application's start or end.
using Signal = std::function<Coro<>(Application&)>;

namespace detail {
struct AppState;

template <class C> struct is_answer : std::false_type {};
template <std::convertible_to<Response> R> struct is_answer<Coro<R>> : std::true_type {};

/// A callable whose coroutine returns a Response, or something that becomes one.
template <class F> Handler to_handler(F function) {
    constexpr bool takes_request = std::is_invocable_v<F&, Request&>;
    static_assert(takes_request, "a handler is called with the request: it must take web::Request& request");
    if constexpr (takes_request) {
        using Made = std::invoke_result_t<F&, Request&>;
        static_assert(is_answer<Made>::value,
                      "a handler is a coroutine that returns a response: write -> "
                      "asyncio::Coro<web::Response> after its parameters, and co_return inside");
        static_assert(
            std::is_copy_constructible_v<F>,
            "an application keeps its handlers in a std::function, so they must be copyable: let a lambda "
            "capture a reference or a std::shared_ptr");
        if constexpr (std::same_as<Made, Coro<Response>>)
            return function;
        else if constexpr (is_answer<Made>::value)
            // The dispatcher keeps it while it runs. NOLINTNEXTLINE(*-capturing-lambda-coroutines)
            return [function = std::move(function)](Request& request) mutable -> Coro<Response> {
                co_return co_await function(request);
            };
    }
    std::unreachable();
}

/// A step of a start or end, with or without the application as its argument.
template <class F> Signal to_signal(F function) {
    static_assert(
        std::is_invocable_v<F&, Application&> || std::is_invocable_v<F&>,
        "this function is called with the application: it must take web::Application& app, or nothing");
    if constexpr (std::is_invocable_v<F&, Application&>)
        return function;
    else
        return [function = std::move(function)](Application&) mutable { return function(); };
}

/// An async generator of any type, on which a start and an end are run.
class CleanupContext {
public:
    virtual ~CleanupContext() = default;
    /// Whether it has reached a co_yield.
    virtual Coro<bool> next() = 0;
};
using CleanupContextFactory = std::function<std::unique_ptr<CleanupContext>(Application&)>;

template <class T> class CleanupGenerator final : public CleanupContext {
public:
    explicit CleanupGenerator(AsyncGenerator<T> generator) : generator_(std::move(generator)) {}
    Coro<bool> next() override { co_return (co_await generator_.next()).has_value(); }

private:
    AsyncGenerator<T> generator_;
};

} // namespace detail

struct StaticOptions {
    /// Whether links that leave the folder are followed; otherwise they are answered with 403.
    bool follow_symlinks = false;
};

struct RouteOptions {
    /// For url_for(). Methods of one pattern share it.
    std::string name = {};
};

/// The routes of an application, asked in the order in which they were added. Where the path matches no route the
/// answer is 404, where only the method does not, 405 with Allow.
///
/// A pattern is a path: "/users/{id}" matches one segment, "/files/{path:.+}" what the regular expression (ECMAScript)
/// matches. The other parts are compared as they are. Raises ValueError for a malformed pattern or method and for a name
/// that another pattern has, RuntimeError once the application runs.
class Router {
public:
    explicit Router(detail::AppState& app) : app_(app) {}

    /// Also answers HEAD.
    template <class F> void add_get(std::string pattern, F handler, RouteOptions options = {}) {
        Handler made = detail::to_handler(std::move(handler));
        add("HEAD", pattern, made, options);
        add("GET", std::move(pattern), std::move(made), std::move(options));
    }
    template <class F> void add_head(std::string pattern, F handler, RouteOptions options = {}) {
        add("HEAD", std::move(pattern), detail::to_handler(std::move(handler)), std::move(options));
    }
    template <class F> void add_post(std::string pattern, F handler, RouteOptions options = {}) {
        add("POST", std::move(pattern), detail::to_handler(std::move(handler)), std::move(options));
    }
    template <class F> void add_put(std::string pattern, F handler, RouteOptions options = {}) {
        add("PUT", std::move(pattern), detail::to_handler(std::move(handler)), std::move(options));
    }
    template <class F> void add_patch(std::string pattern, F handler, RouteOptions options = {}) {
        add("PATCH", std::move(pattern), detail::to_handler(std::move(handler)), std::move(options));
    }
    template <class F> void add_delete(std::string pattern, F handler, RouteOptions options = {}) {
        add("DELETE", std::move(pattern), detail::to_handler(std::move(handler)), std::move(options));
    }
    template <class F> void add_options(std::string pattern, F handler, RouteOptions options = {}) {
        add("OPTIONS", std::move(pattern), detail::to_handler(std::move(handler)), std::move(options));
    }
    /// `method` "*" is any.
    template <class F>
    void add_route(std::string method, std::string pattern, F handler, RouteOptions options = {}) {
        add(std::move(method), std::move(pattern), detail::to_handler(std::move(handler)),
            std::move(options));
    }
    /// The files below a folder, for GET and HEAD: see FileResponse. A path that leaves the folder is answered with
    /// 404 or 403, a folder with 403.
    void add_static(const std::string& prefix, std::string folder, StaticOptions options = {});

    /// The path of the route of that name, with the prefixes of the applications above and the query, encoded:
    /// `app.router().url_for("user", {{"id", "7"}})` is "/users/7". Raises LookupError if there is no such route,
    /// ValueError if a variable of its pattern is missing, or is given a value that the pattern does not match, and for
    /// a name that is none of its variables.
    std::string url_for(std::string_view name, const std::map<std::string, std::string>& variables = {},
                        const http::Fields& query = {}) const;

private:
    void add(std::string method, std::string pattern, Handler handler, RouteOptions options);

    detail::AppState& app_;
};

struct ApplicationOptions {
    /// The first is the outermost.
    std::vector<Middleware> middlewares = {};
    /// The largest body, in bytes, that Request::read() and its kin accept; larger ones are answered with 413.
    std::size_t client_max_size = std::size_t{1024} * 1024; // NOLINT(*-magic-numbers): a default
};

/// Routes, middlewares, and what is done before and after they serve. Copies share it.
class Application {
public:
    explicit Application(ApplicationOptions options = {});
    explicit Application(std::shared_ptr<detail::AppState> state) : state_(std::move(state)) {}

    Router router() const;
    /// Inside of those added before it.
    void add_middleware(Middleware middleware) const;
    /// Requests below the prefix ("/api") go to another application, with its middlewares inside of this one's. It
    /// starts and ends with this one. Raises ValueError for a prefix with "{" or without "/" at its start, RuntimeError
    /// if it is below an application already.
    void add_subapp(const std::string& prefix, Application app) const;

    /// Values that belong to the application, such as a database: `app["db"] = db;`.
    std::any& operator[](std::string_view key) const;
    /// `request.app().get<Database>("db")`. Raises LookupError if there is no such value, ValueError if it is of another
    /// type.
    template <class T> T& get(std::string_view key) const { return storage().get<T>(key); }

    /// Awaited before it serves, in order; an error ends the start.
    template <class F> void on_startup(F function) const {
        add_startup(detail::to_signal(std::move(function)));
    }
    /// Awaited when it ends, while requests are still being answered: the place to end long ones, such as WebSockets.
    template <class F> void on_shutdown(F function) const {
        add_shutdown(detail::to_signal(std::move(function)));
    }
    /// Awaited once all requests have ended; an error goes to the loop's exception handler.
    template <class F> void on_cleanup(F function) const {
        add_cleanup(detail::to_signal(std::move(function)));
    }
    /// A start and an end in one: `AsyncGenerator<bool> database(web::Application& app)` runs up to its co_yield when
    /// the application starts, after on_startup(), and from there when it ends, in reverse order.
    template <class F> void cleanup_ctx(F function) const {
        add_context(
            [function = std::move(function)](Application& app) mutable { return context_of(function(app)); });
    }

    bool operator==(const Application& other) const { return state_ == other.state_; }

    /// For the library.
    const std::shared_ptr<detail::AppState>& state() const { return state_; }

private:
    template <class T>
    static std::unique_ptr<detail::CleanupContext> context_of(AsyncGenerator<T> generator) {
        return std::make_unique<detail::CleanupGenerator<T>>(std::move(generator));
    }
    void add_startup(Signal signal) const;
    void add_shutdown(Signal signal) const;
    void add_cleanup(Signal signal) const;
    void add_context(detail::CleanupContextFactory factory) const;
    Storage& storage() const;

    asyncio::detail::Checked<std::shared_ptr<detail::AppState>> state_;
};

} // namespace asyncio::web
