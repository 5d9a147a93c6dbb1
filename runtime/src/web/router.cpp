#include "app_state.hpp"
#include "request_state.hpp"
#include "text.hpp"

#include <asyncio/detail/finally.hpp>
#include <asyncio/error.hpp>
#include <asyncio/web/error.hpp>

#include <algorithm>
#include <format>
#include <ranges>
#include <utility>

namespace asyncio::web {
namespace {

/// A prefix as mounts store it: canonical, without a "/" at its end.
std::string mount_prefix(std::string_view prefix) {
    if (!prefix.starts_with('/') || prefix.contains('{'))
        throw ValueError(std::format("the prefix \"{}\" does not begin with /, or has a {{", prefix));
    while (prefix.ends_with('/')) prefix.remove_suffix(1);
    return detail::encoded_path(prefix);
}

bool is_below(std::string_view path, std::string_view prefix) {
    return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

const Handler* handler_for(const detail::Resource& resource, std::string_view method) {
    const auto found = std::ranges::find_if(
        resource.methods, [&](const auto& each) { return each.first == method || each.first == "*"; });
    return found == resource.methods.end() ? nullptr : &found->second;
}

/// What answers a path; a 404 or a 405 is a handler too, so that middlewares see it.
Handler route(detail::AppState& app, Request& request, const std::string& path) {
    std::vector<std::string> allowed;
    for (detail::Resource& resource : app.resources) {
        std::optional<detail::Pattern::Values> values = resource.pattern.match(path);
        if (!values) continue;
        if (const Handler* const handler = handler_for(resource, request.method())) {
            request.state().match_info = std::move(*values);
            return *handler;
        }
        for (const std::string& method : resource.methods | std::views::keys)
            if (!std::ranges::contains(allowed, method)) allowed.push_back(method);
    }
    for (detail::Mount& mount : app.mounts) {
        if (!is_below(path, mount.prefix)) continue;
        const std::string rest = path.size() == mount.prefix.size() ? "/" : path.substr(mount.prefix.size());
        if (mount.app)
            return [app = *mount.app, rest](Request& below) mutable {
                return detail::dispatch(app, below, rest);
            };
        if (request.method() == "GET" || request.method() == "HEAD")
            // The dispatcher keeps it while it runs. NOLINTNEXTLINE(*-capturing-lambda-coroutines)
            return [&mount, rest](Request&) -> Coro<Response> {
                co_return detail::static_file(mount.folder, mount.options, rest);
            };
        allowed = {"GET", "HEAD"};
    }
    if (allowed.empty()) return [](Request&) -> Coro<Response> { throw HTTPNotFound(); };
    std::ranges::sort(allowed);
    return [allowed](Request&) -> Coro<Response> { throw HTTPMethodNotAllowed(allowed); };
}

} // namespace

void Router::add(std::string method, std::string pattern, Handler handler, RouteOptions options) {
    app_.require_changeable();
    if (!detail::is_token(method)) throw ValueError(std::format("\"{}\" is not a method of HTTP", method));
    auto resource = std::ranges::find(app_.resources, pattern, &detail::Resource::text);
    if (resource == app_.resources.end()) {
        app_.resources.push_back({.text = pattern, .pattern = detail::Pattern(pattern)});
        resource = std::ranges::prev(app_.resources.end());
    }
    if (std::ranges::contains(resource->methods | std::views::keys, method))
        throw RuntimeError(std::format("there is already a handler for {} {}", method, pattern));
    if (!options.name.empty()) {
        const auto named = std::ranges::find(app_.resources, options.name, &detail::Resource::name);
        if (named != app_.resources.end() && named != resource)
            throw ValueError(
                std::format("the name \"{}\" of {} is also that of {}", options.name, pattern, named->text));
        resource->name = std::move(options.name);
    }
    resource->methods.emplace_back(std::move(method), std::move(handler));
}

void Router::add_static(const std::string& prefix, std::string folder, StaticOptions options) {
    app_.require_changeable();
    app_.mounts.push_back({.prefix = mount_prefix(prefix), .folder = std::move(folder), .options = options});
}

std::string Router::url_for(std::string_view name, const std::map<std::string, std::string>& variables,
                            const http::Fields& query) const {
    const auto resource = std::ranges::find(app_.resources, name, &detail::Resource::name);
    if (name.empty() || resource == app_.resources.end())
        throw LookupError(std::format("there is no route of the name \"{}\"", name));
    const std::string path = resource->pattern.filled(variables);
    std::string prefix = app_.prefix;
    for (std::shared_ptr<detail::AppState> above = app_.above.lock(); above; above = above->above.lock())
        prefix.insert(0, above->prefix);
    return http::with_query(prefix + path, query);
}

void Application::add_subapp(const std::string& prefix, Application app) const {
    state_->require_changeable();
    app.state()->require_changeable();
    if (app == *this) throw ValueError("an application cannot be below itself");
    if (!app.state()->above.expired())
        throw RuntimeError("the application is below another one already: make one for each prefix");
    app.state()->above = state_.ref();
    app.state()->prefix = mount_prefix(prefix);
    state_->mounts.push_back({.prefix = mount_prefix(prefix), .app = std::move(app)});
}

Coro<Response> detail::dispatch(Application& app, Request& request, std::string path) {
    Application* const outer = std::exchange(request.state().app, &app);
    const asyncio::detail::Finally restore([&] { request.state().app = outer; });
    // The chain lives in this frame, for a handler that is a lambda lives in it while it runs.
    Handler chain = route(*app.state(), request, path);
    for (const Middleware& middleware : app.state()->middlewares | std::views::reverse)
        chain = [&middleware, next = std::move(chain)](Request& handled) {
            return middleware(handled, next);
        };
    co_return co_await chain(request);
}

} // namespace asyncio::web
