#include "routes.hpp"

#include <algorithm>
#include <ranges>
#include <string>

namespace asyncio::web::detail {
namespace {

using Routes = std::vector<asyncio::detail::ServerRoute>;

void add_routes(Routes& routes, const AppState& app, const std::string& prefix) {
    for (const Resource& resource : app.resources) {
        const auto methods = resource.methods | std::views::keys;
        const bool gets = std::ranges::contains(methods, "GET");
        for (const std::string& method : methods)
            if (method != "HEAD" || !gets)
                routes.push_back({.method = method, .pattern = prefix + resource.text});
    }
    for (const Mount& mount : app.mounts) {
        if (mount.app)
            add_routes(routes, *mount.app->state(), prefix + mount.prefix);
        else
            routes.push_back({.method = "GET", .pattern = prefix + mount.prefix + "/{file:.+}"});
    }
}

} // namespace

std::vector<asyncio::detail::ServerRoute> routes_of(const AppState& app) {
    Routes routes;
    add_routes(routes, app, "");
    return routes;
}

} // namespace asyncio::web::detail
