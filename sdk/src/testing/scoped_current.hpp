// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/detail/runtime.hpp>

namespace penstock::testing
{

/// Makes a runtime the current one as long as it lives.
class scoped_current
{
public:
    explicit scoped_current(detail::runtime* runtime) noexcept : before_(detail::current())
    {
        detail::set_current(runtime);
    }

    ~scoped_current() { detail::set_current(before_); }

    scoped_current(const scoped_current&) = delete;
    scoped_current& operator=(const scoped_current&) = delete;

private:
    detail::runtime* before_;
};

} // namespace penstock::testing
