# Compiles SOURCE as it is, then with its mistake.

file(STRINGS ${SOURCE} expectation REGEX "^// error: ")
string(REPLACE "// error: " "" expectation "${expectation}")
if(expectation STREQUAL "")
  message(FATAL_ERROR "${SOURCE} does not say what the compiler must say: // error: ...")
endif()

execute_process(COMMAND ${COMPILE} ${SOURCE} RESULT_VARIABLE code ERROR_VARIABLE said)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "${SOURCE} must compile without its mistake:\n${said}")
endif()

execute_process(COMMAND ${COMPILE} -DMISTAKE ${SOURCE} RESULT_VARIABLE code ERROR_VARIABLE said)
if(code EQUAL 0)
  message(FATAL_ERROR "${SOURCE} compiles with its mistake")
endif()
string(FIND "${said}" "${expectation}" at)
if(at EQUAL -1)
  message(FATAL_ERROR "the compiler does not say '${expectation}', but:\n${said}")
endif()
