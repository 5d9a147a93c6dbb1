// -*- C++ -*-
// Takes the place of libc++'s <__assertion_handler>, which is there to be replaced: a violated
// precondition, such as an index out of bounds, says what it is before it ends the program.

#ifndef _LIBCPP___ASSERTION_HANDLER
#define _LIBCPP___ASSERTION_HANDLER

#include <__config>
#include <__verbose_abort>

#pragma GCC system_header

#define _LIBCPP_ASSERTION_HANDLER(message) _LIBCPP_VERBOSE_ABORT("%s", message)

#endif
