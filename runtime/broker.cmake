# asyncio::broker, publish and subscribe inside a program.

asyncio_part(broker)
install(TARGETS asyncio_broker EXPORT asyncio-targets)
