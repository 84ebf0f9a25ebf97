// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/host/engine/graphs/random_components.hpp"

namespace penstock::host::tests
{

/// Pairs the packets of a request, and sends the rest one by one.
class random_join : public component, public random_part
{
    input in{*this, "in"};
    input in2{*this, "in2"};
    output out{*this, "out"};

    void run() override;
};

/// Joins each packet of one input with the next of the other, whatever their requests.
class random_zip : public component, public random_part
{
    input in{*this, "in"};
    input in2{*this, "in2"};
    output out{*this, "out"};

    void run() override;
};

/// Asks at both inputs in turn, and never waits.
class random_poller : public component, public random_part
{
    input in{*this, "in"};
    input in2{*this, "in2"};
    output out{*this, "out"};

    void run() override;

    /// Takes a packet, if there is one; returns whether the input has closed.
    bool ask(input& at);
};

} // namespace penstock::host::tests
