# asyncio::web, the web server.

asyncio_part(web)
install(TARGETS asyncio_web EXPORT asyncio-targets)
