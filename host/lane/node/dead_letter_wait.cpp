// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/dead_letter_wait.hpp"

#include <chrono>

namespace penstock::host
{

void wait_for_dead_letters(const node_setting& of, node_fiber& fiber)
{
    constexpr std::chrono::seconds pause{1};
    for (;;)
    {
        fiber.check_stopped();
        bool kept = false;
        bool done = false;
        of.lane.run_blocking([&] { kept = of.lane.owner().keep_dead_letters(); }, of.rank, done);
        fiber.wait_for_blocking(done);
        fiber.check_stopped();
        if (kept)
            return;
        const auto next = node_fiber::clock::now() + pause;
        while (node_fiber::clock::now() < next)
            fiber.suspend(waiting::dead_letters, next);
    }
}

} // namespace penstock::host
