// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/blocking.hpp>

#include <stdexcept>

namespace penstock
{

void detail::run_blocking(callable work)
{
    if (runtime* const runtime = current())
        runtime->blocking(work);
    else
        work.call(work.object);
}

void exclusive(std::string_view resource)
{
    detail::runtime* const runtime = detail::current();
    if (runtime == nullptr)
        throw std::logic_error("exclusive: called from outside of a component's own fiber; "
                               "a call from run() was expected");
    runtime->acquire(resource);
}

} // namespace penstock
