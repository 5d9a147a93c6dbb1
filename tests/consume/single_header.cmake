# Compiles PROGRAM with the single header, without the library, and runs it.

execute_process(COMMAND ${NODE} ${ASYNCIO_SOURCE}/tools/single-header.mjs ${WORK} COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(FLAGS)
separate_arguments(LINKER_FLAGS)
execute_process(COMMAND ${COMPILER} -std=c++23 ${FLAGS} -fcoro-aligned-allocation -pthread -Wall -Wextra -Werror
  -I ${WORK} -isystem ${JSON_INCLUDE} -c ${PROGRAM} -o ${WORK}/program.o COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${COMPILER} ${FLAGS} -pthread ${LINKER_FLAGS} ${WORK}/program.o -o ${WORK}/program
  COMMAND_ERROR_IS_FATAL ANY)

execute_process(COMMAND ${WORK}/program OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
file(READ ${EXPECTED} expected)
if(NOT output STREQUAL expected)
  message(FATAL_ERROR "the program printed '${output}' instead of '${expected}'")
endif()

# Several files of a program may include the header: none of its definitions is of one file alone.
execute_process(COMMAND ${NM} --defined-only ${WORK}/program.o OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL " [TDB] (_ZNK?7asyncio|asyncio_)[^\n]*" single "${symbols}")
if(single)
  message(FATAL_ERROR "the header defines what is not inline:\n${single}")
endif()
