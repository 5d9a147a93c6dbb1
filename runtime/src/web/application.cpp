#include "app_state.hpp"

#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>

#include <utility>

namespace asyncio::web {
namespace detail {

void AppState::require_changeable() const {
    if (running) throw RuntimeError("the application runs: add routes and the like before it starts");
}

void report(std::string message, const std::exception_ptr& error) {
    get_running_loop().call_exception_handler(
        {.message = std::move(message), .exception = error, .source = {}});
}

namespace {

Coro<std::exception_ptr> error_while(Coro<> step) {
    try {
        co_await std::move(step);
    } catch (...) {
        co_return std::current_exception();
    }
    co_return nullptr;
}

Coro<> leave_context(CleanupContext& context) {
    if (co_await context.next()) throw RuntimeError("the generator of a cleanup_ctx yielded a second time");
}

Coro<> enter_contexts(Application& app) {
    AppState& state = *app.state();
    for (const CleanupContextFactory& make : state.contexts) {
        std::unique_ptr<CleanupContext> context = make(app);
        if (!co_await context->next())
            throw RuntimeError("the generator of a cleanup_ctx ended without a co_yield");
        state.entered.push_back(std::move(context));
    }
}

Coro<> start_all(Application& app) {
    AppState& state = *app.state();
    for (const Signal& signal : state.startup) co_await signal(app);
    co_await enter_contexts(app);
    for (Mount& mount : state.mounts)
        if (mount.app) co_await start_app(*mount.app);
}

} // namespace

Coro<> start_app(Application& app) {
    app.state()->require_changeable();
    app.state()->running = true;
    const std::exception_ptr error = co_await error_while(start_all(app));
    if (!error) co_return;
    co_await clean_up_app(app);
    std::rethrow_exception(error);
}

Coro<> shut_down_app(Application& app) {
    AppState& state = *app.state();
    for (const Signal& signal : state.shutdown)
        if (const std::exception_ptr error = co_await error_while(signal(app)))
            report("Unhandled exception in an application's on_shutdown", error);
    for (Mount& mount : state.mounts)
        if (mount.app) co_await shut_down_app(*mount.app);
}

Coro<> clean_up_app(Application& app) {
    AppState& state = *app.state();
    if (!std::exchange(state.running, false)) co_return;
    for (Mount& mount : state.mounts)
        if (mount.app) co_await clean_up_app(*mount.app);
    for (const Signal& signal : state.cleanup)
        if (const std::exception_ptr error = co_await error_while(signal(app)))
            report("Unhandled exception in an application's on_cleanup", error);
    while (!state.entered.empty()) {
        const std::unique_ptr<CleanupContext> context = std::move(state.entered.back());
        state.entered.pop_back();
        if (const std::exception_ptr error = co_await error_while(leave_context(*context)))
            report("Unhandled exception in an application's cleanup_ctx", error);
    }
}

} // namespace detail

Application::Application(ApplicationOptions options) : state_(std::make_shared<detail::AppState>()) {
    state_->middlewares = std::move(options.middlewares);
    state_->client_max_size = options.client_max_size;
}

Router Application::router() const { return Router(*state_); }

void Application::add_middleware(Middleware middleware) const {
    state_->require_changeable();
    state_->middlewares.push_back(std::move(middleware));
}

std::any& Application::operator[](std::string_view key) const { return state_->storage[key]; }
Storage& Application::storage() const { return state_->storage; }

void Application::add_startup(Signal signal) const {
    state_->require_changeable();
    state_->startup.push_back(std::move(signal));
}
void Application::add_shutdown(Signal signal) const {
    state_->require_changeable();
    state_->shutdown.push_back(std::move(signal));
}
void Application::add_cleanup(Signal signal) const {
    state_->require_changeable();
    state_->cleanup.push_back(std::move(signal));
}
void Application::add_context(detail::CleanupContextFactory factory) const {
    state_->require_changeable();
    state_->contexts.push_back(std::move(factory));
}

} // namespace asyncio::web
