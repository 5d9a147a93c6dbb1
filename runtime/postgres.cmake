# asyncio::postgres, the client of PostgreSQL.

asyncio_part(postgres)
install(TARGETS asyncio_postgres EXPORT asyncio-targets)
