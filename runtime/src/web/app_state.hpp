#pragma once

#include "pattern.hpp"

#include <asyncio/coro.hpp>
#include <asyncio/web/application.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace asyncio::web::detail {

/// The handlers of a pattern.
struct Resource {
    std::string text;
    Pattern pattern;
    std::string name = {};
    std::vector<std::pair<std::string, Handler>> methods = {};
};

/// What answers all below a prefix: an application, or the files of a folder.
struct Mount {
    std::string prefix;
    std::optional<Application> app = {};
    std::string folder = {};
    StaticOptions options = {};
};

struct AppState {
    Storage storage = {};
    std::vector<Middleware> middlewares = {};
    std::size_t client_max_size = 0;
    std::vector<Resource> resources = {};
    std::vector<Mount> mounts = {};
    std::vector<Signal> startup = {};
    std::vector<Signal> shutdown = {};
    std::vector<Signal> cleanup = {};
    std::vector<CleanupContextFactory> contexts = {};
    /// Those that were entered, in order.
    std::vector<std::unique_ptr<CleanupContext>> entered = {};
    bool running = false;
    /// The application above, and the prefix there.
    std::weak_ptr<AppState> above = {};
    std::string prefix = {};

    void require_changeable() const;
};

/// Answers a request by the routes and middlewares of an application. `path` is the canonical path below its prefix.
Coro<Response> dispatch(Application& app, Request& request, std::string path);

/// Each of these does the same for the applications below it. start() leaves what it entered if it fails.
Coro<> start_app(Application& app);
Coro<> shut_down_app(Application& app);
/// Errors go to the loop's exception handler.
Coro<> clean_up_app(Application& app);

/// The file that a canonical path below the folder names. Raises HTTPNotFound, HTTPForbidden.
Response static_file(const std::string& folder, const StaticOptions& options, std::string_view path);

/// Reports an error that has no other place to go.
void report(std::string message, const std::exception_ptr& error);

} // namespace asyncio::web::detail
