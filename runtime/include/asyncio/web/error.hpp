#pragma once

#include <asyncio/error.hpp>
#include <asyncio/http/headers.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::web {

/// A response that is thrown: `throw web::HTTPNotFound("no such user");`. It leaves the handler and its middlewares,
/// each of which may catch it, and is sent as text. what() is the reason of its status, such as "Not Found".
class HTTPException : public Error {
public:
    /// `text` is the body; if it is empty, the status and its reason, such as "404: Not Found". Raises ValueError for a
    /// status below 100 or above 599.
    explicit HTTPException(int status, std::string text = {}, http::Headers headers = {});

    int status() const noexcept { return status_; }
    const std::string& text() const noexcept { return text_; }
    http::Headers& headers() noexcept { return headers_; }
    const http::Headers& headers() const noexcept { return headers_; }

private:
    int status_;
    std::string text_;
    http::Headers headers_;
};

class HTTPSuccessful : public HTTPException {
    using HTTPException::HTTPException;
};
class HTTPRedirection : public HTTPException {
    using HTTPException::HTTPException;
};
/// A status of 400 or more.
class HTTPError : public HTTPException {
    using HTTPException::HTTPException;
};
class HTTPClientError : public HTTPError {
    using HTTPError::HTTPError;
};
class HTTPServerError : public HTTPError {
    using HTTPError::HTTPError;
};

template <class Kind, int Status> class HTTPStatus : public Kind {
public:
    explicit HTTPStatus(std::string text = {}, http::Headers headers = {})
        : Kind(Status, std::move(text), std::move(headers)) {}
};
template <int Status> class HTTPMove : public HTTPRedirection {
public:
    /// `location`: the new URL, absolute or relative. Raises ValueError if it contains a line break.
    explicit HTTPMove(std::string location)
        : HTTPRedirection(Status, {}, {{"Location", std::move(location)}}) {}
};

// NOLINTBEGIN(*-magic-numbers): the numbers are named here
using HTTPOk = HTTPStatus<HTTPSuccessful, 200>;
using HTTPCreated = HTTPStatus<HTTPSuccessful, 201>;
using HTTPAccepted = HTTPStatus<HTTPSuccessful, 202>;
using HTTPNoContent = HTTPStatus<HTTPSuccessful, 204>;

using HTTPMovedPermanently = HTTPMove<301>;
using HTTPFound = HTTPMove<302>;
using HTTPSeeOther = HTTPMove<303>;
using HTTPNotModified = HTTPStatus<HTTPRedirection, 304>;
using HTTPTemporaryRedirect = HTTPMove<307>;
using HTTPPermanentRedirect = HTTPMove<308>;

using HTTPBadRequest = HTTPStatus<HTTPClientError, 400>;
using HTTPUnauthorized = HTTPStatus<HTTPClientError, 401>;
using HTTPForbidden = HTTPStatus<HTTPClientError, 403>;
using HTTPNotFound = HTTPStatus<HTTPClientError, 404>;
using HTTPNotAcceptable = HTTPStatus<HTTPClientError, 406>;
using HTTPRequestTimeout = HTTPStatus<HTTPClientError, 408>;
using HTTPConflict = HTTPStatus<HTTPClientError, 409>;
using HTTPGone = HTTPStatus<HTTPClientError, 410>;
using HTTPLengthRequired = HTTPStatus<HTTPClientError, 411>;
using HTTPPreconditionFailed = HTTPStatus<HTTPClientError, 412>;
using HTTPRequestURITooLong = HTTPStatus<HTTPClientError, 414>;
using HTTPUnsupportedMediaType = HTTPStatus<HTTPClientError, 415>;
using HTTPRequestRangeNotSatisfiable = HTTPStatus<HTTPClientError, 416>;
using HTTPExpectationFailed = HTTPStatus<HTTPClientError, 417>;
using HTTPUnprocessableEntity = HTTPStatus<HTTPClientError, 422>;
using HTTPUpgradeRequired = HTTPStatus<HTTPClientError, 426>;
using HTTPTooManyRequests = HTTPStatus<HTTPClientError, 429>;
using HTTPRequestHeaderFieldsTooLarge = HTTPStatus<HTTPClientError, 431>;

using HTTPInternalServerError = HTTPStatus<HTTPServerError, 500>;
using HTTPNotImplemented = HTTPStatus<HTTPServerError, 501>;
using HTTPBadGateway = HTTPStatus<HTTPServerError, 502>;
using HTTPServiceUnavailable = HTTPStatus<HTTPServerError, 503>;
using HTTPGatewayTimeout = HTTPStatus<HTTPServerError, 504>;
using HTTPVersionNotSupported = HTTPStatus<HTTPServerError, 505>;
// NOLINTEND(*-magic-numbers)

class HTTPMethodNotAllowed : public HTTPClientError {
public:
    explicit HTTPMethodNotAllowed(const std::vector<std::string>& allowed);
};
class HTTPRequestEntityTooLarge : public HTTPClientError {
public:
    explicit HTTPRequestEntityTooLarge(std::size_t most);
};

} // namespace asyncio::web
