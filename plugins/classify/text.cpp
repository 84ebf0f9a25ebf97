// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "model.hpp"

#include "../reloading/file_identity.hpp"

#include <penstock/sdk.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace classify_package
{
namespace
{

class text final : public penstock::transformer
{
    penstock::parameter<std::string> path{*this, "model", penstock::no_default,
                                          "The file of a supervised model of fastText."};
    penstock::parameter<std::string> field{*this, "field", "text", "The field with the text."};
    penstock::parameter<std::string> to{*this, "to", "label",
                                        "The field that gets the label; of several, all."};
    penstock::parameter<std::string> probability{
        *this, "probability", "",
        "The field that gets how probable that is, 0 to 1; none if empty."};
    penstock::parameter<double> least{
        *this, "least", 0.0, "How probable a label must be to be given.", penstock::range{0, 1}};
    penstock::parameter<std::uint32_t> most{*this, "most", 1, "How many labels to give.",
                                            penstock::range{1, 1000}};

    // Read once for all lanes, and again only if the file has changed since.
    void start() override
    {
        const std::string identity =
            penstock::blocking([&] { return reloading::identity_of(*path); });
        model_ = penstock::shared<model>(identity, [&] { return std::make_unique<model>(*path); });
    }

    void process(penstock::packet& packet) override
    {
        penstock::json::array labels, probabilities;
        for (const guess& each : model_->classify(packet.text(*field), *most, *least))
        {
            labels.emplace_back(each.label);
            probabilities.emplace_back(each.probability);
        }
        put(packet, *to, std::move(labels));
        if (!probability->empty())
            put(packet, *probability, std::move(probabilities));
    }

    // One label is a value, several are a list; without one there is no field.
    void put(penstock::packet& packet, const std::string& name, penstock::json::array values) const
    {
        if (values.empty())
            packet.erase(name);
        else if (*most == 1)
            packet.set(name, std::move(values.front()));
        else
            packet.set_values(name, std::move(values));
    }

    std::shared_ptr<model> model_;
};

} // namespace

extern constinit const penstock::component_entry text_entry = penstock::component_of<text>(
    "text", penstock::category::extractor, "Tells what a text is about, by a model of fastText.");

} // namespace classify_package
