// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/graphs/random_mergers.hpp"

#include "tests/host/engine/graphs/random_packets.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace penstock::host::tests
{

void random_join::run()
{
    for (;;)
    {
        batch left = in.receive_request();
        batch right = in2.receive_request();
        if (!left && !right)
            return;
        if (!left.empty() || !right.empty())
            ask();
        sort_by_value(left);
        sort_by_value(right);
        for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i)
            if (i >= left.size())
                out.send(std::move(right[i]));
            else if (i >= right.size())
                out.send(std::move(left[i]));
            else
                out.send(joined(std::move(left[i]), std::move(right[i])));
    }
}

void random_zip::run()
{
    while (auto left = in.receive())
    {
        received(*left);
        auto right = in2.receive();
        random_part::ask();
        if (right)
            *left = joined(std::move(*left), std::move(*right));
        out.send(std::move(*left));
    }
}

void random_poller::run()
{
    for (bool have_closed = false; !have_closed;)
    {
        const bool has_closed = ask(in);
        have_closed = ask(in2) && has_closed;
    }
}

bool random_poller::ask(input& at)
{
    auto got = at.receive_until(std::chrono::steady_clock::now());
    if (got)
    {
        received(*got);
        random_part::ask();
        out.send(std::move(*got));
    }
    return got.closed();
}

} // namespace penstock::host::tests
