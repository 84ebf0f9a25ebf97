// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/blocking.hpp>

#include <penstock/detail/destruction.hpp>

#include <stdexcept>

namespace penstock
{

void detail::run_blocking(callable work)
{
    runtime* const runtime = current();
    if (runtime != nullptr && destruction::current() == nullptr) // a destructor suspends nothing
        runtime->blocking(work);
    else
        work.call(work.object);
}

void exclusive(std::string_view resource)
{
    if (detail::is_late("exclusive: called"))
        return;
    detail::runtime* const runtime = detail::current();
    if (runtime == nullptr)
        throw std::logic_error("exclusive: called from outside of a component's own fiber; "
                               "a call from run() was expected");
    runtime->acquire(resource);
}

} // namespace penstock
