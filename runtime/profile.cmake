# asyncio::profile, after Python's cProfile.

asyncio_part(profile)
install(TARGETS asyncio_profile EXPORT asyncio-targets)
