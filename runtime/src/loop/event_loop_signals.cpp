#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>

#include <csignal>
#include <string>
#include <utility>

namespace asyncio {

void EventLoop::set_signal_handler(int signal, std::function<void()> function) {
    require_open();
    if (signal < 1 || signal >= NSIG)
        throw ValueError(std::to_string(signal) +
                         " is not a signal: use SIGINT, SIGTERM or another constant of <csignal>");
    const auto found = signal_handlers_.find(signal);
    const bool caught =
        found != signal_handlers_.end() ? found->second.caught : backend_->catch_signal(signal, false);
    signal_handlers_.insert_or_assign(signal, SignalHandler{.function = std::move(function),
                                                            .context = detail::inherit_context(),
                                                            .caught = caught});
}

bool EventLoop::remove_signal_handler(int signal) {
    const auto found = signal_handlers_.find(signal);
    if (found == signal_handlers_.end()) return false;
    const bool caught = found->second.caught;
    signal_handlers_.erase(found);
    if (caught) backend_->release_signal(signal);
    return true;
}

bool EventLoop::call_signal_handler(int signal) {
    const auto found = signal_handlers_.find(signal);
    if (found == signal_handlers_.end()) return false;
    schedule_soon(make_handle(found->second.context, found->second.function));
    return true;
}

void EventLoop::deliver_signal(int signal) {
    if (!call_signal_handler(signal) && signal == SIGINT) interrupt_running_loop();
}

} // namespace asyncio
