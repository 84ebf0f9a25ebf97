// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/export.hpp>

#include <boost/assert.hpp>

#include <stdexcept>
#include <string>

namespace boost
{

namespace
{

[[noreturn]] void fail(const char* expression, const char* file, long line)
{
    throw std::logic_error("assertion failed: " + std::string(expression) + " (" + file + ":" +
                           std::to_string(line) + ")");
}

} // namespace

/// Called by BOOST_ASSERT in everything that is compiled with BOOST_ENABLE_ASSERT_HANDLER.
PENSTOCK_EXPORT void assertion_failed(const char* expression, const char* /*function*/,
                                      const char* file, long line)
{
    fail(expression, file, line);
}

/// Called by BOOST_ASSERT_MSG there.
PENSTOCK_EXPORT void assertion_failed_msg(const char* /*expression*/, const char* message,
                                          const char* /*function*/, const char* file, long line)
{
    fail(message, file, line);
}

} // namespace boost
