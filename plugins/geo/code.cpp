// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../packets/field_names.hpp"
#include "../packets/order_to_delete.hpp"
#include "../reloading/reloaded.hpp"
#include "components.hpp"
#include "gazetteer.hpp"

#include <penstock/sdk.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace geo_package
{
namespace
{

namespace json = penstock::json;

std::string_view without_space(std::string_view text)
{
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

class code final : public penstock::transformer
{
    penstock::parameter<std::string> file{
        *this, "file", penstock::no_default,
        "A gazetteer of the form of GeoNames: a place a line, 19 columns with tabs between them."};
    penstock::parameter<std::string> field{
        *this, "field", penstock::no_default,
        "The field with the name of the place, or with a name, a comma and the code of a region, "
        "as "
        "extract/address has it; of several values each is looked up."};
    penstock::parameter<std::string> country{
        *this, "country", "",
        "The code of the country that places are in, two letters; any if empty."};
    penstock::parameter<std::string> country_field{
        *this, "country_field", "", "The field that has that code, if a packet has it."};
    penstock::parameter<std::string> region_field{
        *this, "region_field", "",
        "The field that has the code of the region, as GeoNames names the first division."};
    penstock::parameter<bool> other_names{
        *this, "other_names", true,
        "Whether places are found by their names in other languages too, which take most memory."};
    penstock::parameter<std::string> to{
        *this, "to", "location",
        "The field that gets an object with lat and lon; of several places with one name that with "
        "the most people. A place that is not there is passed over."};
    penstock::parameter<std::string> on_failure{
        *this, "on_failure", "keep",
        "What becomes of a packet with a place that is not there: it fails, or goes on.",
        penstock::choices{"fail", "keep"}};
    reloading::reloaded<gazetteer> places{*this};

    void check(penstock::problems& found) const override
    {
        packets::check_name(found, field);
        packets::check_name(found, to);
    }

    void start() override
    {
        const bool with_other_names = *other_names;
        places.start(*file, with_other_names ? "o" : "",
                     [with_other_names](const std::string& path)
                     { return std::make_unique<gazetteer>(path, with_other_names); });
    }

    void process(penstock::packet& packet) override
    {
        if (!packet.has(*field))
            return;
        const gazetteer& now = places.get();
        const std::string in_country =
            country_field->empty() ? *country : packet.text(*country_field, *country);
        const std::string in_region = region_field->empty() ? "" : packet.text(*region_field, "");
        json::array found;
        for (const json::value& each : packet.values(*field))
        {
            const place* const at =
                each.is_string() ? find(now, each.get_string(), in_country, in_region) : nullptr;
            if (at != nullptr)
                found.push_back(json::object{{"lat", at->latitude}, {"lon", at->longitude}});
            else if (*on_failure == "fail" && !packets::is_order_to_delete(packet))
                throw penstock::field_error("field \"" + *field +
                                            "\": is no place that the gazetteer has; the name of "
                                            "one was expected");
        }
        if (packet.is_multivalued(*field) && !found.empty())
            packet.set_values(*to, std::move(found));
        else if (!found.empty())
            packet.set(*to, std::move(found.front()));
    }

    // A name as it is; else what is before a comma, in the region that is behind it.
    static const place* find(const gazetteer& in, std::string_view text, std::string_view country,
                             std::string_view region)
    {
        text = without_space(text);
        constexpr std::size_t longest_name = 1000;
        if (text.size() > longest_name)
            return nullptr;
        const place* const found = in.find(text, country, region);
        const std::size_t comma = text.rfind(',');
        if (found != nullptr || comma == std::string_view::npos)
            return found;
        const std::string_view rest = without_space(text.substr(comma + 1));
        return in.find(without_space(text.substr(0, comma)), country,
                       rest.substr(0, rest.find(' ')));
    }
};

} // namespace

extern constinit const penstock::component_entry code_entry = penstock::component_of<code>(
    "code", penstock::category::extractor,
    "Tells where places are by their names, by a gazetteer of the form of GeoNames.");

} // namespace geo_package
