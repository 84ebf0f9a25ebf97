// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/descriptor.hpp"

#include <unistd.h>

namespace penstock::host
{

void descriptor::close() noexcept
{
    if (number_ >= 0)
        ::close(std::exchange(number_, -1));
}

} // namespace penstock::host
