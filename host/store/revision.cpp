// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/revision.hpp"

#include "host/base/sha256.hpp"

namespace penstock::host
{

std::string revision(std::string_view text)
{
    return to_hex(sha256(text));
}

} // namespace penstock::host
