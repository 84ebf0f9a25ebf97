// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/host/engine/bench.hpp"

#include <algorithm>

namespace penstock::host::tests
{

inline void pass(input& in, output& out, function_component&)
{
    while (auto packet = in.receive())
        out.send(std::move(*packet));
}

// Two inputs, sent on in turn, one from each, request by request.
class zip final : public component
{
    input in{*this, "in"};
    input in2{*this, "in2"};
    output out{*this, "out"};

    void run() override
    {
        for (;;)
        {
            batch left = in.receive_request();
            batch right = in2.receive_request();
            if (!left && !right)
                return;
            for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i)
            {
                if (i < left.size())
                    out.send(std::move(left[i]));
                if (i < right.size())
                    out.send(std::move(right[i]));
            }
        }
    }
};

} // namespace penstock::host::tests
