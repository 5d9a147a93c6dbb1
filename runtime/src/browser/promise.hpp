#pragma once

#include "pending_io.hpp"

#include <asyncio/coro.hpp>
#include <asyncio/error.hpp>

#include <emscripten/val.h>
#include <string>

namespace asyncio::browser {

/// What a JavaScript promise was rejected with: the error's name, and its message as what().
class HostError : public Error {
public:
    HostError(std::string name, std::string message) : Error(std::move(message)), name_(std::move(name)) {}
    const std::string& name() const noexcept { return name_; }

private:
    std::string name_;
};

/// Suspends until the promise settles, and resumes in the next turn of the loop; gives its value or
/// raises HostError. Cancelled, it forgets the promise: what goes on in JavaScript must be ended there.
Coro<emscripten::val> settled(emscripten::val promise);

/// A part of the object that the program worker serves I/O with (web/program/worker/io). Raises RuntimeError
/// where the program does not run in a program worker.
emscripten::val host_io(const char* part);

} // namespace asyncio::browser
