// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/sdk.hpp>

class greet final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};
    penstock::parameter<std::string> greeting{*this, "greeting", "hello", "What to say."};

    void run() override // a fiber of its own
    {
        while (auto packet = in.receive()) // waits; empty when every upstream has closed
        {
            packet->set("text", *greeting + ", " + packet->text("text"));
            out.send(std::move(*packet)); // waits while the edge is full
        }
    }
};

PENSTOCK_PACKAGE(penstock::component_of<greet>("greet", penstock::category::transformer,
                                               "Greets each packet."))
