#pragma once

#include <asyncio/error.hpp>
#include <asyncio/http/headers.hpp>

#include <string>
#include <utility>

namespace asyncio::http {

/// Base of all HTTP errors except TimeoutError.
class ClientError : public Error {
    using Error::Error;
};

/// No connection, or none that the page may use: no network, an unknown host name, a server that refuses, or
/// one whose CORS headers do not allow the page to read its response. Browsers do not tell a page which of
/// these it is.
class ClientConnectionError : public ClientError {
    using ClientError::ClientError;
};

/// The body broke off, or does not match its headers.
class ClientPayloadError : public ClientError {
    using ClientError::ClientError;
};

/// A URL that is malformed, or has a scheme that fetch does not support.
class InvalidUrl : public ClientError {
public:
    InvalidUrl(std::string url, const std::string& reason)
        : ClientError("invalid URL \"" + url + "\": " + reason), url_(std::move(url)) {}
    const std::string& url() const noexcept { return url_; }

private:
    std::string url_;
};

/// Raised by raise_for_status() for a status of 400 or more.
class ClientResponseError : public ClientError {
public:
    ClientResponseError(int status, const std::string& reason, const std::string& url, Headers headers = {})
        : ClientError(std::to_string(status) + (reason.empty() ? "" : " " + reason) + ", url=" + url),
          status_(status), message_(reason), url_(url), headers_(std::move(headers)) {}
    int status() const noexcept { return status_; }
    /// The reason that the server gives, such as "Not Found".
    const std::string& message() const noexcept { return message_; }
    const std::string& url() const noexcept { return url_; }
    /// The response's.
    const Headers& headers() const noexcept { return headers_; }

private:
    int status_;
    std::string message_;
    std::string url_;
    Headers headers_;
};

} // namespace asyncio::http
