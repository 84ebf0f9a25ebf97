// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/wait.hpp>

#include "deadline.hpp"

#include <penstock/detail/destruction.hpp>
#include <penstock/detail/runtime.hpp>

#include <stdexcept>

namespace penstock
{

std::chrono::steady_clock::time_point now() noexcept
{
    const detail::runtime* const runtime = detail::current();
    return runtime != nullptr ? runtime->now() : std::chrono::steady_clock::now();
}

void wait_until(std::chrono::steady_clock::time_point when)
{
    if (detail::is_late("wait_until: called"))
        return;
    detail::runtime* const runtime = detail::current();
    if (runtime == nullptr)
        throw std::logic_error(detail::outside_of() != nullptr
                                   ? "wait_until: called inside blocking; a call from run() was "
                                     "expected"
                                   : "wait_until: called from outside of a component's own fiber; "
                                     "a call from run() was expected");
    runtime->wait_until(when);
}

void wait_for(std::chrono::nanoseconds time)
{
    wait_until(detail::deadline_after(now(), time));
}

} // namespace penstock
