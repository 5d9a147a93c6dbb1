# Reads flags.json, so that CMake and the page's compile worker build with the same flags.

set(ASYNCIO_FLAGS_FILE "${CMAKE_CURRENT_LIST_DIR}/flags.json")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${ASYNCIO_FLAGS_FILE}")

# asyncio_read_flags(<out> <group> <compile|link>)
function(asyncio_read_flags out group kind)
  file(READ "${ASYNCIO_FLAGS_FILE}" json)
  string(JSON count LENGTH "${json}" "${group}" "${kind}")
  set(flags)
  if(count GREATER 0)
    math(EXPR last "${count} - 1")
    foreach(index RANGE ${last})
      string(JSON flag GET "${json}" "${group}" "${kind}" ${index})
      list(APPEND flags "${flag}")
    endforeach()
  endif()
  set(${out} "${flags}" PARENT_SCOPE)
endfunction()

asyncio_read_flags(ASYNCIO_COMMON_COMPILE_FLAGS common compile)
asyncio_read_flags(ASYNCIO_EMCC_COMPILE_FLAGS emcc compile)
asyncio_read_flags(ASYNCIO_EMCC_LINK_FLAGS emcc link)
asyncio_read_flags(ASYNCIO_MAIN_MODULE_LINK_FLAGS mainModule link)
asyncio_read_flags(ASYNCIO_THREADS_COMPILE_FLAGS threads compile)
asyncio_read_flags(ASYNCIO_THREADS_LINK_FLAGS threads link)

# Exceptions, tail calls and PIC are part of the ABI: every target of a wasm build needs these flags,
# GoogleTest included. Call it once, before the first target.
macro(asyncio_use_wasm_flags)
  add_compile_options(${ASYNCIO_COMMON_COMPILE_FLAGS} ${ASYNCIO_EMCC_COMPILE_FLAGS})
  add_link_options(${ASYNCIO_EMCC_LINK_FLAGS})
  if(ASYNCIO_THREADS)
    add_compile_options(${ASYNCIO_THREADS_COMPILE_FLAGS})
    add_link_options(${ASYNCIO_THREADS_LINK_FLAGS})
  endif()
endmacro()
