// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../matching/expression.hpp"
#include "components.hpp"
#include "finder.hpp"
#include "place_name.hpp"

#include <memory>

namespace extract_package
{
namespace
{

namespace json = penstock::json;

class address final : public finder
{
public:
    address() : finder("addresses") {}

private:
    void start() override
    {
        expression_ = penstock::shared<RE2>(
            "", []
            { return std::make_unique<RE2>(place_name_expression, matching::reading_options()); });
    }

    void process(penstock::packet& packet) override
    {
        cities_ = states_ = zips_ = distinct_texts(*most);
        finder::process(packet);
    }

    void find(std::string_view text, distinct_texts& found) override
    {
        for (matching::match_iterator each(*expression_, text); !found.is_full() && each.next();)
        {
            place_name place{std::string(*each.group(1)), std::string(*each.group(2)), ""};
            if (each.group(3))
                place.zip = *each.group(3);
            if (each.group(4))
                place.zip.append("-").append(*each.group(4));
            found.add(place.text());
            cities_.add(place.city);
            states_.add(place.state);
            if (!place.zip.empty())
                zips_.add(place.zip);
        }
    }

    void tell(penstock::packet& packet, const std::vector<std::string>&) override
    {
        const auto set = [&](std::string_view name, const distinct_texts& texts)
        {
            json::array list(texts.list().begin(), texts.list().end());
            packet.set_field_meta(*to, name, std::move(list));
        };
        set("cities", cities_);
        set("states", states_);
        set("zipcodes", zips_);
    }

    std::shared_ptr<RE2> expression_;
    distinct_texts cities_{0};
    distinct_texts states_{0};
    distinct_texts zips_{0};
};

} // namespace

extern constinit const penstock::component_entry address_entry = penstock::component_of<address>(
    "address", penstock::category::extractor,
    "Finds towns of the United States in texts: a city, a state, and a ZIP code if there is one.");

} // namespace extract_package
