#pragma once

#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <utility>

namespace asyncio {

/// Base of all errors that the library raises, except the two that stop a program: CancelledError and
/// KeyboardInterrupt. `catch (const asyncio::Error&)` corresponds to Python's `except Exception` for asyncio.
class Error : public std::exception {
public:
    Error() = default;
    explicit Error(std::string message) : message_(std::move(message)) {}
    const char* what() const noexcept override { return message_.c_str(); }

private:
    std::string message_;
};

/// A call that the object's state does not allow, such as releasing a lock that is not held.
class RuntimeError : public Error {
    using Error::Error;
};

/// An argument or a count outside the permitted range.
class ValueError : public Error {
    using Error::Error;
};

/// A context variable that has no value.
class LookupError : public Error {
    using Error::Error;
};

/// The result of a future was requested before it was set, or was set twice.
class InvalidStateError : public Error {
    using Error::Error;
};

/// A timeout passed before the awaited operation completed.
class TimeoutError : public Error {
    using Error::Error;
};

/// get_nowait() on an empty queue.
class QueueEmpty : public Error {
    using Error::Error;
};

/// put_nowait() on a full queue.
class QueueFull : public Error {
    using Error::Error;
};

/// put() or get() on a queue that was shut down.
class QueueShutDown : public Error {
    using Error::Error;
};

/// wait() at a barrier that was aborted or reset.
class BrokenBarrierError : public RuntimeError {
    using RuntimeError::RuntimeError;
};

/// A stream ended before the required data had arrived.
class EOFError : public Error {
    using Error::Error;
};

/// A stream ended before the requested data had arrived; partial() returns the data that did arrive.
class IncompleteReadError : public EOFError {
public:
    /// `expected`: the number of bytes requested; nullopt if a separator was.
    IncompleteReadError(std::string partial, std::optional<std::size_t> expected)
        : EOFError(std::to_string(partial.size()) + " bytes read on a total of " +
                   (expected ? std::to_string(*expected) : "undefined") + " expected bytes"),
          partial_(std::move(partial)), expected_(expected) {}
    const std::string& partial() const noexcept { return partial_; }
    std::optional<std::size_t> expected() const noexcept { return expected_; }

private:
    std::string partial_;
    std::optional<std::size_t> expected_;
};

/// A separator was not found within a stream's limit.
class LimitOverrunError : public Error {
public:
    LimitOverrunError(std::string message, std::size_t consumed)
        : Error(std::move(message)), consumed_(consumed) {}
    /// The number of bytes searched.
    std::size_t consumed() const noexcept { return consumed_; }

private:
    std::size_t consumed_;
};

/// An operation that the operating system refuses. A file error has a number and a path, and reads as in
/// Python: "[Errno 2] No such file or directory: 'a.txt'". The numbers are those of <cerrno>, which differ
/// between platforms.
class OSError : public Error {
public:
    /// A number with a description of its own: "[Errno 111] Connect call failed ('127.0.0.1', 9)".
    struct Described {
        int number;
        std::string strerror;
    };

    explicit OSError(std::string message) : Error(std::move(message)) {}
    OSError(int number, std::string path, std::string second_path = {});
    explicit OSError(Described described);

    /// As in <cerrno>, such as ENOSPC; 0 if there is none. Python's `errno`, which is a macro in C++.
    int number() const noexcept { return number_; }
    /// The description of the number, or its own one.
    std::string strerror() const;
    const std::string& filename() const noexcept { return path_; }
    /// The target of a rename.
    const std::string& filename2() const noexcept { return second_path_; }

private:
    int number_ = 0;
    std::string strerror_;
    std::string path_;
    std::string second_path_;
};

/// The file or directory does not exist.
class FileNotFoundError : public OSError {
    using OSError::OSError;
};
/// The file or directory to create already exists.
class FileExistsError : public OSError {
    using OSError::OSError;
};
/// The operation requires a file.
class IsADirectoryError : public OSError {
    using OSError::OSError;
};
/// The operation requires a directory.
class NotADirectoryError : public OSError {
    using OSError::OSError;
};
/// The program lacks the permission.
class PermissionError : public OSError {
    using OSError::OSError;
};
/// An operation that the file's mode does not allow, such as writing to a file opened for reading.
class UnsupportedOperation : public OSError {
    using OSError::OSError;
};

/// A failure of a connection.
class ConnectionError : public OSError {
    using OSError::OSError;
};
/// Nothing listens at the address.
class ConnectionRefusedError : public ConnectionError {
    using ConnectionError::ConnectionError;
};
/// The peer has closed the connection.
class ConnectionResetError : public ConnectionError {
    using ConnectionError::ConnectionError;
};
/// The connection was given up before it was complete.
class ConnectionAbortedError : public ConnectionError {
    using ConnectionError::ConnectionError;
};
/// Data was written to a connection whose peer receives no more.
class BrokenPipeError : public ConnectionError {
    using ConnectionError::ConnectionError;
};

/// Python's socket.gaierror: the addresses of a host could not be determined. number() is one of <netdb.h>,
/// such as EAI_NONAME.
// NOLINTNEXTLINE(readability-identifier-naming): as in Python
class gaierror : public OSError {
    using OSError::OSError;
};

/// Nothing is ready, no timer is set, no I/O is pending, and tasks still wait: run() gives up.
class DeadlockError : public RuntimeError {
    using RuntimeError::RuntimeError;
};

/// Raised at the `co_await` of a task that is being cancelled. Not a std::exception, so that
/// `catch (const std::exception&)` lets it pass, as Python's `except Exception` does.
class CancelledError final {
public:
    CancelledError() = default;
    explicit CancelledError(std::string message) : message_(std::move(message)) {}
    /// The text passed to Task::cancel(), empty if there was none.
    const std::string& message() const noexcept { return message_; }

private:
    std::string message_;
};

/// Raised at the `co_yield` of an async generator that is closed. Not a std::exception.
class GeneratorExit final {};

/// The user's Stop (SIGINT) reached a program that did not handle it. Not a std::exception.
class KeyboardInterrupt final {};

/// Whether the error is an E, or derived from it, as by `except E`: null is none. Determined by rethrowing, so
/// not for frequent paths.
template <class E> bool is(const std::exception_ptr& error) {
    if (!error) return false;
    try {
        std::rethrow_exception(error);
    } catch (const E&) {
        return true;
    } catch (...) {
        return false;
    }
}

/// Python's str(error): what() of a std::exception, message() of a CancelledError; empty for others and for
/// null.
std::string message(const std::exception_ptr& error);

/// Python's type(error).__name__: "ValueError", "std::runtime_error", "int"; empty for null. Library types
/// are named without their namespace.
std::string type_name(const std::exception_ptr& error);

/// "ValueError: text", "CancelledError", "int": an exception's type and message, and those of an
/// ExceptionGroup's exceptions, each on a line.
std::string describe(const std::exception_ptr& error);

} // namespace asyncio
