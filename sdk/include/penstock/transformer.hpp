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
    /// Registers the ports `in` and `out`.
    transformer();

    /// Changes the packet, which is then sent on, unless it was moved away. After `unavailable` the
    /// packet waits and comes again; any other std::exception fails this packet only, or makes it
    /// come again as the node's `retry` says; the next one comes. [the component's own fiber; may
    /// suspend]
    virtual void process(packet& packet) = 0;

    input in{*this, "in"};    ///< used by the base class
    output out{*this, "out"}; ///< used by the base class

private:
    void run() final;
};

/// A component with one input and one output that sends each packet on or drops it.
class PENSTOCK_EXPORT filter : public component
{
protected:
    /// Registers the ports `in` and `out`.
    filter();

    /// Returns whether the packet is sent on; if not, it is dropped. Exceptions are as for a
    /// transformer. [the component's own fiber; may suspend]
    virtual bool keep(const packet& packet) = 0;

    input in{*this, "in"};    ///< used by the base class
    output out{*this, "out"}; ///< used by the base class

private:
    void run() final;
};

} // namespace penstock
