// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include <penstock/sdk.hpp>

#include <string>
#include <vector>

namespace fields_package
{
namespace
{

// Named with an underscore because the plain word is taken by the language.
class delete_ final : public penstock::transformer
{
    penstock::parameter<std::vector<std::string>> fields{*this, "fields", penstock::no_default,
                                                         "The fields to delete, with their meta."};

    void process(penstock::packet& packet) override
    {
        for (const std::string& field : *fields)
            packet.erase(field);
    }
};

} // namespace

extern constinit const penstock::component_entry delete_entry = penstock::component_of<delete_>(
    "delete", penstock::category::transformer, "Deletes fields and their meta.");

} // namespace fields_package
