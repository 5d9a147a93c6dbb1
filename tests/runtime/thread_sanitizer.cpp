/// Suppressions for ThreadSanitizer. Part of the tests that are built only for it.
extern "C" const char* __tsan_default_suppressions() { // NOLINT(bugprone-reserved-identifier): its name
    // An exception that two threads hold is destroyed by the one that releases it last. libc++abi counts
    // references with atomics, but is not instrumented: it does not see the release by the other thread.
    return "race:__cxa_decrement_exception_refcount\n"
           "race:__cxa_end_catch\n";
}
