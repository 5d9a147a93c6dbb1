# asyncio::logging, after Python's logging.

asyncio_part(logging)
install(TARGETS asyncio_logging EXPORT asyncio-targets)
