#include "pool_state.hpp"

#include "options.hpp"

#include <asyncio/async_with.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/gather.hpp>
#include <asyncio/timeout.hpp>

#include <format>
#include <utility>

namespace asyncio::postgres {
namespace detail {

Handle::Handle(std::shared_ptr<Session> of, std::shared_ptr<PoolState> from)
    : session(std::move(of)), pool(std::move(from)) {}

Handle::~Handle() {
    if (released) return;
    session->terminate();
    if (pool) pool->put_back(session, false);
}

const std::shared_ptr<Session>& Handle::in_use() const {
    if (released) throw InterfaceError("cannot use a connection that has been released back to the pool");
    return session;
}

Coro<> give_back(std::shared_ptr<Handle> handle) {
    if (std::exchange(handle->released, true)) co_return;
    const std::shared_ptr<PoolState> pool = handle->pool;
    const std::shared_ptr<Session> session = handle->session;
    std::exception_ptr error;
    try {
        if (!session->is_closed()) co_await Session::reset(session, false);
    } catch (...) {
        error = std::current_exception();
    }
    if (error) session->terminate();
    pool->put_back(session, !error);
    if (is<CancelledError>(error)) std::rethrow_exception(error);
}

PoolState::PoolState(PoolOptions options) : options_(std::move(options)), free_(options_.max_size) {}

void PoolState::require_open() const {
    if (closing_) throw InterfaceError(closed_ ? "pool is closed" : "pool is closing");
}

Coro<std::shared_ptr<Session>> PoolState::open(std::shared_ptr<PoolState> self) {
    const ConnectOptions& options = self->options_.connect;
    const auto connecting = [&]() -> Coro<std::shared_ptr<Session>> {
        co_return co_await Session::open(options);
    };
    std::shared_ptr<Session> session = co_await async_with(timeout(options.timeout), connecting);
    if (self->options_.init) {
        // Without a pool: the connection is not in use yet.
        const auto handle = std::make_shared<Handle>(session);
        co_await self->options_.init(Connection(handle));
        handle->released = true;
    }
    co_return session;
}

Coro<> PoolState::fill(std::shared_ptr<PoolState> self) {
    std::vector<Coro<std::shared_ptr<Session>>> opening;
    for (int i = 0; i < self->options_.min_size; ++i) opening.push_back(open(self));
    const auto opened = co_await gather(std::move(opening));
    const double now = get_running_loop().time();
    for (const std::shared_ptr<Session>& session : opened)
        self->idle_.push_back({.session = session, .since = now});
}

std::shared_ptr<Session> PoolState::take_idle() {
    const double now = get_running_loop().time();
    const MaybeDelay lifetime = options_.max_inactive_connection_lifetime;
    while (!idle_.empty()) {
        const Idle last = std::move(idle_.back());
        idle_.pop_back();
        const bool too_old = lifetime && lifetime->seconds() > 0 && now - last.since > lifetime->seconds();
        if (too_old) last.session->terminate();
        if (!last.session->is_closed()) return last.session;
    }
    return nullptr;
}

Coro<Connection> PoolState::acquire(std::shared_ptr<PoolState> self) {
    self->require_open();
    co_await self->free_.acquire();
    // Gives the slot back if anything fails.
    std::shared_ptr<Session> session;
    std::exception_ptr error;
    try {
        self->require_open();
        session = self->take_idle();
        if (!session) session = co_await open(self);
    } catch (...) {
        error = std::current_exception();
    }
    if (error) {
        self->free_.release();
        std::rethrow_exception(error);
    }
    self->used_.insert(session);
    Connection connection(std::make_shared<Handle>(session, self));
    // If it fails, the handle's end gives the slot back.
    if (self->options_.setup) co_await self->options_.setup(connection);
    co_return connection;
}

void PoolState::put_back(const std::shared_ptr<Session>& session, bool reusable) {
    if (used_.erase(session) == 0) return;
    const bool worn = options_.max_queries > 0 && session->queries() >= options_.max_queries;
    if (reusable && !worn && !closed_ && !session->is_closed())
        idle_.push_back({.session = session, .since = get_running_loop().time()});
    else
        session->terminate();
    free_.release();
}

Coro<> PoolState::close(std::shared_ptr<PoolState> self) {
    if (self->closed_) co_return;
    self->closing_ = true;
    for (int i = 0; i < self->options_.max_size; ++i) co_await self->free_.acquire();
    self->closed_ = true;
    for (const Idle& each : std::exchange(self->idle_, {})) co_await Session::close(each.session);
    // Who still waits for a connection learns that there will be none.
    for (int i = 0; i < self->options_.max_size; ++i) self->free_.release();
}

void PoolState::terminate() {
    closing_ = true;
    closed_ = true;
    for (const Idle& each : std::exchange(idle_, {})) each.session->terminate();
    for (const std::shared_ptr<Session>& session : std::set(used_)) session->terminate();
}

} // namespace detail

namespace {

using detail::PoolState;

Coro<Pool> make_pool(PoolOptions options, std::string dsn) {
    if (options.max_size <= 0) throw ValueError("max_size is expected to be greater than zero");
    if (options.min_size < 0) throw ValueError("min_size is expected to be greater or equal to zero");
    if (options.min_size > options.max_size) throw ValueError("min_size is greater than max_size");
    options.connect = detail::complete(std::move(options.connect), dsn);
    const auto state = std::make_shared<PoolState>(std::move(options));
    co_await PoolState::fill(state);
    co_return Pool(state);
}

Coro<Connection> acquire_within(std::shared_ptr<PoolState> state, MaybeDelay longest) {
    if (!longest) co_return co_await PoolState::acquire(state);
    const auto acquiring = [&]() -> Coro<Connection> { co_return co_await PoolState::acquire(state); };
    co_return co_await async_with(timeout(longest), acquiring);
}

Coro<> release_to(std::shared_ptr<PoolState> state, std::shared_ptr<detail::Handle> handle) {
    if (handle->pool != state) throw InterfaceError("the connection is not of this pool");
    co_await detail::give_back(handle);
}

Coro<> close_or_terminate(std::shared_ptr<PoolState> state, bool failed) {
    if (failed) {
        state->terminate();
        co_return;
    }
    co_await PoolState::close(state);
}

} // namespace

Coro<Pool> create_pool(std::string dsn, PoolOptions options) {
    return make_pool(std::move(options), std::move(dsn));
}
Coro<Pool> create_pool(PoolOptions options) { return make_pool(std::move(options), {}); }

Coro<Connection> Pool::acquire(MaybeDelay timeout) { return acquire_within(state_, timeout); }
Coro<> Pool::release(Connection connection) { return release_to(state_, connection.handle_); }
int Pool::get_size() const { return state_->size(); }
int Pool::get_idle_size() const { return state_->idle_size(); }
int Pool::get_min_size() const { return state_->options().min_size; }
int Pool::get_max_size() const { return state_->options().max_size; }
bool Pool::is_closing() const { return state_->is_closing(); }
Coro<> Pool::close() { return PoolState::close(state_); }
void Pool::terminate() { state_->terminate(); }
Coro<> Pool::aexit(const std::exception_ptr& error) {
    return close_or_terminate(state_, static_cast<bool>(error));
}

Coro<std::vector<Record>> Pool::run(Pool pool, std::string sql, Parameters parameters, int limit) {
    co_return co_await async_with(pool.acquire(), [&](Connection& connection) {
        return connection.run(std::move(sql), std::move(parameters), limit);
    });
}
Coro<std::string> Pool::run_script(Pool pool, std::string sql) {
    co_return co_await async_with(
        pool.acquire(), [&](Connection& connection) { return connection.run_script(std::move(sql)); });
}
Coro<std::string> Pool::run_for_status(Pool pool, std::string sql, Parameters parameters) {
    co_return co_await async_with(pool.acquire(), [&](Connection& connection) {
        return connection.run_for_status(std::move(sql), std::move(parameters));
    });
}
Coro<> Pool::run_many(Pool pool, std::string sql, std::vector<Parameters> rows) {
    co_await async_with(pool.acquire(), [&](Connection& connection) {
        return connection.run_many(std::move(sql), std::move(rows));
    });
}
Coro<std::string> Pool::copy_rows(Pool pool, std::string table, std::vector<Parameters> rows,
                                  CopyOptions options) {
    co_return co_await async_with(pool.acquire(), [&](Connection& connection) {
        return connection.copy_rows(std::move(table), std::move(rows), std::move(options));
    });
}

} // namespace asyncio::postgres
