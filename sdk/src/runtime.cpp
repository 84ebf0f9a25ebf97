// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/runtime.hpp>

#include <utility>

namespace penstock::detail
{

namespace
{

constinit thread_local runtime* running = nullptr;
constinit thread_local runtime* outside = nullptr;

} // namespace

runtime* current() noexcept
{
    return running;
}

void set_current(runtime* runtime) noexcept
{
    running = runtime;
}

void call_outside(runtime& behalf, callable work)
{
    struct restored
    {
        runtime* const running_before = std::exchange(running, nullptr);
        runtime* const outside_before = outside;
        ~restored()
        {
            running = running_before;
            outside = outside_before;
        }
    };
    const restored at_the_end;
    outside = &behalf;
    work.call(work.object);
}

runtime* outside_of() noexcept
{
    return outside;
}

} // namespace penstock::detail
