// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include <penstock/sdk.hpp>

#include <utility>

namespace debug_package
{
namespace
{

class null final : public penstock::component
{
    penstock::input in{*this, "in"};

    void run() override
    {
        while (auto packet = in.receive())
            deliver(std::move(*packet));
    }
};

} // namespace

extern constinit const penstock::component_entry null_entry = penstock::component_of<null>(
    "null", penstock::category::publisher, "Delivers packets to nowhere.");

} // namespace debug_package
