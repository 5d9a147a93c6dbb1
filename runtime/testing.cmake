# asyncio::testing, after Python's unittest.mock.AsyncMock.

asyncio_part(testing)
install(TARGETS asyncio_testing EXPORT asyncio-targets)
