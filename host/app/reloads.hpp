// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

namespace penstock::host
{

class signals;

/// The reloads of a host that runs, one at a time. One that does not end may be left: it goes on
/// until the program ends, and no other is begun beside it. [the thread that waits for
/// instructions]
class reloads
{
public:
    /// `instructions` outlives this object, and what `reload` uses the program. A reload is left
    /// when so many requests to stop have come.
    reloads(signals& instructions, std::function<void()> reload, int patience);

    /// Reloads and waits for the end, unless one that was left goes on. Blocks. Throws what the
    /// reload throws.
    void next();

    /// Whether one was left.
    [[nodiscard]] bool is_any_left() const noexcept { return is_any_left_; }

private:
    signals& instructions_;
    const std::function<void()> reload_;
    const int patience_;
    bool is_any_left_ = false;
};

} // namespace penstock::host
