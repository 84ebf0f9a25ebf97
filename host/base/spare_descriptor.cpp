// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/spare_descriptor.hpp"

#include <fcntl.h>

namespace penstock::host
{

void spare_descriptor::hold() noexcept
{
    held_ = descriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

} // namespace penstock::host
