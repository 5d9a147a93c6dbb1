#pragma once

#include "body.hpp"
#include "exchange.hpp"
#include "head.hpp"

#include <asyncio/web/application.hpp>
#include <asyncio/web/request.hpp>
#include <asyncio/web/storage.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace asyncio::web::detail {

struct RequestState {
    RequestHead head;
    std::string path;
    std::string query_string;
    Query query;
    std::string remote;
    std::shared_ptr<Exchange> exchange;
    std::shared_ptr<Body> body;
    Application* app = nullptr;
    std::map<std::string, std::string, std::less<>> match_info = {};
    Storage storage = {};
    /// The body, once it has been read.
    std::optional<std::string> content = {};
};

} // namespace asyncio::web::detail
