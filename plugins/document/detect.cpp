// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "detector.hpp"

#include <penstock/sdk.hpp>

#include <memory>
#include <string>

namespace document_package
{
namespace
{

class detect final : public penstock::transformer
{
    penstock::parameter<std::string> to{*this, "to", "mimetype",
                                        "The meta that gets the media type of the packet's data. "
                                        "A packet without data goes on as it is."};

    void check(penstock::problems& found) const override
    {
        if (to->empty())
            found.add(to, "is empty; the name of a meta was expected");
    }

    void start() override
    {
        detector_ = penstock::blocking([] { return std::make_unique<detector>(); });
    }

    void process(penstock::packet& packet) override
    {
        const penstock::bytes data = packet.data();
        if (data.empty())
            return;
        packet.set_meta(*to,
                        penstock::blocking([&] { return detector_->media_type_of(data.view()); }));
    }

    std::unique_ptr<detector> detector_;
};

} // namespace

extern constinit const penstock::component_entry detect_entry = penstock::component_of<detect>(
    "detect", penstock::category::extractor,
    "Tells the media type of data from its content, whatever its name.");

} // namespace document_package
