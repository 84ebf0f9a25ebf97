// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include <penstock/sdk.hpp>

namespace debug_package
{
namespace
{

using namespace std::chrono_literals;

class null final : public penstock::publisher
{
public:
    null() : publisher({.count = 64, .wait = 0ms}) {}

private:
    void write(penstock::batch&) override {}
};

} // namespace

extern constinit const penstock::component_entry null_entry = penstock::component_of<null>(
    "null", penstock::category::publisher, "Delivers packets to nowhere.");

} // namespace debug_package
