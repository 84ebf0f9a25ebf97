// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/app/reloads.hpp"

#include "host/app/signals.hpp"

#include <utility>

namespace penstock::host
{

reloads::reloads(signals& instructions, std::function<void()> reload, int patience)
    : instructions_(instructions), reload_(std::move(reload)), patience_(patience)
{
}

void reloads::next()
{
    if (!is_any_left_)
        is_any_left_ = !instructions_.work(reload_, patience_);
}

} // namespace penstock::host
