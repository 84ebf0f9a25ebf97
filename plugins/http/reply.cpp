// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include <penstock/sdk.hpp>

#include <stdexcept>
#include <string>
#include <utility>

namespace http_package
{
namespace
{

class reply final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "The packets of the answer."};

    void run() override
    {
        while (auto packet = in.receive())
        {
            std::string wrong;
            try
            {
                penstock::reply(*packet);
            }
            catch (const std::invalid_argument& error) // a number that JSON cannot hold
            {
                wrong = error.what();
            }
            if (wrong.empty())
                deliver(std::move(*packet));
            else
                fail(std::move(*packet), std::move(wrong));
        }
    }
};

} // namespace

extern constinit const penstock::component_entry reply_entry =
    penstock::component_of<reply>("reply", penstock::category::publisher,
                                  "Puts packets into the answer to the request they came from.");

} // namespace http_package
