// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstddef>
#include <stdexcept>

namespace http_package
{
namespace
{

using namespace std::chrono_literals;

class reply final : public penstock::publisher
{
public:
    reply() : publisher({.count = 64, .wait = 0ms}) {}

private:
    void write(penstock::batch& packets) override
    {
        for (std::size_t i = 0; i < packets.size(); ++i)
        {
            try
            {
                penstock::reply(packets[i]);
            }
            catch (const std::invalid_argument& error) // a number that JSON cannot hold
            {
                fail(i, error.what());
            }
        }
    }
};

} // namespace

extern constinit const penstock::component_entry reply_entry =
    penstock::component_of<reply>("reply", penstock::category::publisher,
                                  "Puts packets into the answer to the request they came from.");

} // namespace http_package
