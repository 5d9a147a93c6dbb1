#pragma once

/// A web server, after aiohttp.web: link asyncio::web.

#include <asyncio/web/application.hpp>
#include <asyncio/web/error.hpp>
#include <asyncio/web/event_stream.hpp>
#include <asyncio/web/request.hpp>
#include <asyncio/web/response.hpp>
#include <asyncio/web/runner.hpp>
#include <asyncio/web/test_client.hpp>
#include <asyncio/web/typed.hpp>
#include <asyncio/web/websocket.hpp>
#include <asyncio/websocket/serve.hpp>
