#include "handle_ops.hpp"

#include "../runtime/foreign_coroutine.hpp"

#include <coroutine>
#include <deque>
#include <exception>
#include <memory>
#include <utility>

// Ops with custom awaiters, which keep the coroutine's handle for later resumption by other code.

namespace asyncio::fuzz {
namespace {

using conformance::Replay;

/// A handle that is resumed once: at the latest when its owner destroys it.
class Resumer {
public:
    explicit Resumer(std::coroutine_handle<> handle) : handle_(handle) {}
    Resumer(const Resumer&) = delete;
    Resumer& operator=(const Resumer&) = delete;
    ~Resumer() { resume(); }
    void resume() {
        if (const auto handle = std::exchange(handle_, nullptr)) handle.resume();
    }

private:
    std::coroutine_handle<> handle_;
};

/// For the op `own_resume`.
std::deque<std::unique_ptr<Resumer>>& kept_handles() {
    static std::deque<std::unique_ptr<Resumer>> handles;
    return handles;
}

/// An awaiter that passes the handle to `resume_later`, which resumes the coroutine.
template <class F> struct ResumedBy {
    F resume_later;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) { resume_later(std::make_unique<Resumer>(handle)); }
    void await_resume() const noexcept {}
};
template <class F> ResumedBy(F) -> ResumedBy<F>;

struct ResumedAtOnce {
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) const { handle.resume(); }
    void await_resume() const noexcept {}
};

struct NotSuspended {
    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<>) const noexcept { return false; }
    void await_resume() const noexcept {}
};

struct Transferred {
    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> handle) const noexcept { return handle; }
    void await_resume() const noexcept {}
};

struct Raises {
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<>) const { throw ValueError("own awaiter"); }
    void await_resume() const noexcept {}
};

test::ForeignCoroutine foreign(Replay& run, const json& ops) {
    const conformance::LiveFrame frame;
    co_await run.block(ops);
    co_return 0;
}

using Kept = std::unique_ptr<Resumer>;

Coro<> op_own_soon(Replay& run, const json&) {
    co_await ResumedBy{
        [&](Kept kept) { run.loop().call_soon([kept = std::move(kept)] { kept->resume(); }); }};
    run.log("own soon");
}
Coro<> op_own_later(Replay& run, const json& op) {
    co_await ResumedBy{[&](Kept kept) {
        run.loop().call_later(conformance::seconds(op.at(1)), [kept = std::move(kept)] { kept->resume(); });
    }};
    run.log("own later");
}
Coro<> op_own_threadsafe(Replay& run, const json&) {
    co_await ResumedBy{
        [&](Kept kept) { run.loop().call_soon_threadsafe([kept = std::move(kept)] { kept->resume(); }); }};
    run.log("own threadsafe");
}
Coro<> op_own_keep(Replay& run, const json&) {
    co_await ResumedBy{[](Kept kept) { kept_handles().push_back(std::move(kept)); }};
    run.log("own kept");
}
Coro<> op_own_resume(Replay& run, const json&) {
    if (kept_handles().empty()) co_return;
    const Kept first = std::move(kept_handles().front());
    kept_handles().pop_front();
    run.log("own resumes");
    first->resume();
}
Coro<> op_own_at_once(Replay& run, const json&) {
    co_await ResumedAtOnce();
    co_await NotSuspended();
    co_await Transferred();
    run.log("own at once");
}
Coro<> op_own_raise(Replay&, const json&) { co_await Raises(); }
Coro<> op_own_foreign(Replay& run, const json& op) {
    co_await foreign(run, op.at(1));
    run.log("own foreign");
}

} // namespace

void resume_kept_handles() { kept_handles().clear(); }

const conformance::OpTable& own_awaiter_ops() {
    static const conformance::OpTable table{
        {"own_soon", op_own_soon},   {"own_later", op_own_later},     {"own_threadsafe", op_own_threadsafe},
        {"own_keep", op_own_keep},   {"own_resume", op_own_resume},   {"own_at_once", op_own_at_once},
        {"own_raise", op_own_raise}, {"own_foreign", op_own_foreign},
    };
    return table;
}

} // namespace asyncio::fuzz
