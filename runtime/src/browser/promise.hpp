#pragma once

#include "pending_io.hpp"

#include <asyncio/coro.hpp>
#include <asyncio/error.hpp>

#include <emscripten/val.h>
#include <string>

namespace asyncio::browser {

/// The reason of a rejected JavaScript promise: the error's name, and its message as what().
class HostError : public Error {
public:
    HostError(std::string name, std::string message) : Error(std::move(message)), name_(std::move(name)) {}
    const std::string& name() const noexcept { return name_; }

private:
    std::string name_;
};

/// Suspends until the promise settles, and resumes in the next turn of the loop; returns its value or raises
/// HostError. If cancelled, it stops waiting; the operation in JavaScript must be ended separately.
Coro<emscripten::val> settled(emscripten::val promise);

/// A member of the I/O object of the program worker (web/program/worker/io). Raises RuntimeError if the
/// program does not run in a program worker.
emscripten::val host_io(const char* part);

} // namespace asyncio::browser
