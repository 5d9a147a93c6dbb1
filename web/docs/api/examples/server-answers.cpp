// Answers that a handler throws, and who catches them
#include <asyncio.hpp>
#include <asyncio/web.hpp>
#include <print>
#include <string>
namespace http = asyncio::http;
namespace web = asyncio::web;

template <class... Answers> void show() {
    (std::print("{} {}; ", Answers().status(), Answers().what()), ...);
    std::println("");
}

template <class... Moves> void show_moves() {
    (std::print("{} to {}; ", Moves("/new").status(), *Moves("/new").headers().get("Location")), ...);
    std::println("");
}

// Others are made in the same way.
using Teapot = web::HTTPStatus<web::HTTPClientError, 418>;
using Choices = web::HTTPMove<300>;

asyncio::Coro<web::Response> handle(web::Request& request) {
    const std::string name = request.match_info("name");
    if (name == "old") throw web::HTTPFound("/new");
    if (name == "large") throw web::HTTPRequestEntityTooLarge(1000);
    if (name == "tea") throw Teapot("no coffee", {{"Retry-After", "60"}});
    if (name == "get") throw web::HTTPMethodNotAllowed({"PUT"});
    throw web::HTTPException(499, "any other status");
}

// A middleware sees what the handler throws, by its kind.
asyncio::Coro<web::Response> observe(web::Request& request, web::Handler next) {
    try {
        co_return co_await next(request);
    } catch (const web::HTTPSuccessful&) {
        throw;
    } catch (const web::HTTPRedirection& moved) {
        std::println("moved: {}", moved.headers().get("Location").value_or(""));
        throw;
    } catch (const web::HTTPServerError&) {
        throw;
    } catch (const web::HTTPError& error) {
        std::println("error: {}", error.status());
        throw;
    }
}

asyncio::Coro<> amain() {
    show<web::HTTPOk, web::HTTPCreated, web::HTTPAccepted, web::HTTPNoContent, web::HTTPNotModified>();
    show_moves<web::HTTPMovedPermanently, web::HTTPFound, web::HTTPSeeOther, web::HTTPTemporaryRedirect,
               web::HTTPPermanentRedirect, Choices>();
    show<web::HTTPBadRequest, web::HTTPUnauthorized, web::HTTPForbidden, web::HTTPNotFound, web::HTTPNotAcceptable,
         web::HTTPRequestTimeout, web::HTTPConflict, web::HTTPGone, web::HTTPLengthRequired,
         web::HTTPPreconditionFailed, web::HTTPRequestURITooLong, web::HTTPUnsupportedMediaType>();
    show<web::HTTPRequestRangeNotSatisfiable, web::HTTPExpectationFailed, web::HTTPUnprocessableEntity,
         web::HTTPUpgradeRequired, web::HTTPTooManyRequests, web::HTTPRequestHeaderFieldsTooLarge>();
    show<web::HTTPInternalServerError, web::HTTPNotImplemented, web::HTTPBadGateway, web::HTTPServiceUnavailable,
         web::HTTPGatewayTimeout, web::HTTPVersionNotSupported>();

    web::Application app({.middlewares = {observe}});
    app.router().add_get("/{name}", handle);
    co_await asyncio::async_with(web::TestClient(app), [](web::TestClient& client) -> asyncio::Coro<> {
        for (const char* path : {"/old", "/large", "/tea", "/get", "/other"}) {
            http::ClientResponse response = co_await client.get(path, {.allow_redirects = false});
            std::println("{}: {}", response.status(), co_await response.text());
        }
    });
}

int main() { asyncio::run(amain()); }
