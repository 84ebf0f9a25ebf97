// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../packets/field_names.hpp"
#include "../packets/order_to_delete.hpp"
#include "../reloading/reloaded.hpp"
#include "address_database.hpp"
#include "components.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace geo_package
{
namespace
{

namespace json = penstock::json;

class ip final : public penstock::transformer
{
    penstock::parameter<std::string> file{
        *this, "file", penstock::no_default,
        "The database of addresses, of MaxMind's format (.mmdb). Who replaces it renames another "
        "file to it."};
    penstock::parameter<std::string> field{
        *this, "field", penstock::no_default,
        "The field with the address, of version 4 or 6; of several values each is looked up."};
    penstock::parameter<json::object> take{
        *this, "take",
        json::object{{"country", "country.iso_code"},
                     {"city", "city.names.en"},
                     {"latitude", "location.latitude"},
                     {"longitude", "location.longitude"}},
        "The fields to set, each with the way to its value in a record: names, or places in lists "
        "counted from 0, with points between them. What a record has not is left out."};
    penstock::parameter<std::string> on_failure{
        *this, "on_failure", "keep",
        "What becomes of a packet with a value that is no address: it fails, or the value is "
        "passed "
        "over. An address that the database has not is passed over.",
        penstock::choices{"fail", "keep"}};
    reloading::reloaded<address_database> database{*this};

    void check(penstock::problems& found) const override
    {
        packets::check_name(found, field);
        for (const auto& each : *take)
            if (each.key().empty() || !each.value().is_string() ||
                each.value().get_string().empty())
                found.add(take, "has \"" + std::string(each.key()) +
                                    "\" without a way to a value; one as country.iso_code was "
                                    "expected");
    }

    void start() override
    {
        for (const auto& each : *take)
            wanted_.emplace_back(each.key(), path_of(each.value().get_string()));
        database.start(*file, "",
                       [](const std::string& path)
                       { return std::make_unique<address_database>(path); });
    }

    static address_database::path path_of(std::string_view text)
    {
        address_database::path path;
        for (std::size_t begin = 0; begin <= text.size();)
        {
            const std::size_t end = std::min(text.find('.', begin), text.size());
            path.emplace_back(text.substr(begin, end - begin));
            begin = end + 1;
        }
        return path;
    }

    void process(penstock::packet& packet) override
    {
        const address_database& now = database.get();
        std::vector<json::array> found(wanted_.size());
        for (const json::value& each : packet.values(*field))
        {
            const std::string text =
                each.is_string() ? std::string(std::string_view(each.get_string())) : "";
            if (!address_database::is_address(text))
            {
                if (*on_failure == "fail" && !packets::is_order_to_delete(packet))
                    throw penstock::field_error("field \"" + *field +
                                                "\": is no address; one of IP was expected");
                continue;
            }
            if (const auto record = now.find(text))
                for (std::size_t n = 0; n < wanted_.size(); ++n)
                    if (auto value = record->find(wanted_[n].second))
                        found[n].push_back(std::move(*value));
        }
        for (std::size_t n = 0; n < wanted_.size(); ++n)
            if (packet.is_multivalued(*field) && !found[n].empty())
                packet.set_values(wanted_[n].first, std::move(found[n]));
            else if (!found[n].empty())
                packet.set(wanted_[n].first, std::move(found[n].front()));
    }

    std::vector<std::pair<std::string, address_database::path>> wanted_;
};

} // namespace

extern constinit const penstock::component_entry ip_entry = penstock::component_of<ip>(
    "ip", penstock::category::extractor,
    "Tells where addresses of the internet are, by a database of MaxMind's format.");

} // namespace geo_package
