/// What ThreadSanitizer is not to report. Part of the tests that are built for it alone.
extern "C" const char* __tsan_default_suppressions() { // NOLINT(bugprone-reserved-identifier): its name
    // An exception that two threads hold is destroyed by the one that lets go of it last. libc++abi counts
    // that with atomics, but is not instrumented: what the other did before is not seen to come before.
    return "race:__cxa_decrement_exception_refcount\n"
           "race:__cxa_end_catch\n";
}
