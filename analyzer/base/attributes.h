/* Compiler attributes that C17 has no word for. */
#pragma once

#if defined(__GNUC__)
#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(string_at, first_at) \
    __attribute__((format(printf, string_at, first_at)))
#define NEVER_RETURNS __attribute__((noreturn))
#else
#define MUST_CHECK
#define PRINTF_LIKE(string_at, first_at)
#define NEVER_RETURNS
#endif
