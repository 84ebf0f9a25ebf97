// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/component.hpp>

namespace penstock
{

/// A component with one input and one output that changes each packet in place.
class PENSTOCK_EXPORT transformer : public component
{
protected:
    transformer();

    /// Changes the packet, which is then sent on, unless it was moved away. Of `unavailable` it waits;
    /// any other std::exception fails this packet only, or has it tried again as the node's `retry`
    /// says; the next one comes. [the component's own fiber; may suspend]
    virtual void process(packet& packet) = 0;

    input in{*this, "in"};
    output out{*this, "out"};

private:
    void run() final;
};

/// A component with one input and one output that lets packets pass or drops them.
class PENSTOCK_EXPORT filter : public component
{
protected:
    filter();

    /// Tells whether the packet is sent on, or dropped. Exceptions are as for a transformer.
    /// [the component's own fiber; may suspend]
    virtual bool keep(const packet& packet) = 0;

    input in{*this, "in"};
    output out{*this, "out"};

private:
    void run() final;
};

} // namespace penstock
