# Builds PROJECT against the library, and runs its program.

file(REMOVE_RECURSE ${WORK}/prefix)
execute_process(COMMAND ${CMAKE_COMMAND} --install ${ASYNCIO_BUILD} --prefix ${WORK}/prefix
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} -S ${PROJECT} -B ${WORK}/build -G Ninja --no-warn-unused-cli
  -D CMAKE_CXX_COMPILER=${COMPILER}
  -D CMAKE_C_COMPILER=${C_COMPILER}
  -D CMAKE_CXX_FLAGS=${FLAGS}
  -D CMAKE_EXE_LINKER_FLAGS=${LINKER_FLAGS}
  -D CMAKE_BUILD_TYPE=${BUILD_TYPE}
  "-DCMAKE_PREFIX_PATH=${WORK}/prefix;${JSON_PREFIX}"
  -D ASYNCIO_SOURCE=${ASYNCIO_SOURCE}
  -D ASYNCIO_UNITY=ON
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} --build ${WORK}/build COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${WORK}/build/program OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
if(NOT output STREQUAL "6\n")
  message(FATAL_ERROR "the program printed '${output}' instead of 6")
endif()
