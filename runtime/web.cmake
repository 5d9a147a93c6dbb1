# asyncio::web, the web server.

file(GLOB ASYNCIO_WEB_SOURCES CONFIGURE_DEPENDS src/web/*.cpp)
add_library(asyncio_web STATIC ${ASYNCIO_WEB_SOURCES})
add_library(asyncio::web ALIAS asyncio_web)
set_target_properties(asyncio_web PROPERTIES EXPORT_NAME web)
if(ASYNCIO_UNITY)
  set_target_properties(asyncio_web PROPERTIES UNITY_BUILD ON)
endif()
if(PROJECT_IS_TOP_LEVEL)
  target_compile_options(asyncio_web PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor)
endif()
target_link_libraries(asyncio_web PUBLIC asyncio)
install(TARGETS asyncio_web EXPORT asyncio-targets)
