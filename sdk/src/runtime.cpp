// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/runtime.hpp>

namespace penstock::detail
{

namespace
{

constinit thread_local runtime* running = nullptr;

} // namespace

runtime* current() noexcept
{
    return running;
}

void set_current(runtime* runtime) noexcept
{
    running = runtime;
}

} // namespace penstock::detail
