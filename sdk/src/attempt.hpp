// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/detail/runtime.hpp>
#include <penstock/unavailable.hpp>

#include <chrono>
#include <exception>
#include <optional>
#include <string>
#include <utility>

namespace penstock::detail
{

/// What an author's code threw.
struct failure
{
    std::string reason;
    std::optional<std::chrono::milliseconds> retry_after; ///< of what is unavailable
};

/// Runs an author's code; returns what it threw. The handler ends before anything suspends.
template <class Work>
std::optional<failure> attempt(Work&& work)
{
    try
    {
        work();
        return std::nullopt;
    }
    catch (const unavailable& error)
    {
        return failure{error.what(), error.retry_after()};
    }
    catch (const std::exception& error)
    {
        return failure{error.what(), std::nullopt};
    }
}

/// Reports a failure to the runtime; what was in hand has been destroyed.
inline void report(failure&& what)
{
    if (what.retry_after)
        current()->away(std::move(what.reason), *what.retry_after);
    else
        current()->threw(std::move(what.reason));
}

} // namespace penstock::detail
