// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../packets/field_names.hpp"
#include "../packets/order_to_delete.hpp"
#include "../reloading/reloaded.hpp"
#include "components.hpp"
#include "lookup_table.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fields_package
{
namespace
{

namespace json = penstock::json;

class lookup final : public penstock::transformer
{
    penstock::parameter<std::string> file{
        *this, "file", penstock::no_default,
        "A file with a table: CSV with names of columns in its first row; or JSON, a list of "
        "objects, or an object whose names are keys."};
    penstock::parameter<std::string> format{
        *this, "format", "auto",
        "What the file is; auto: JSON if its name ends in .json, else CSV.",
        penstock::choices{"auto", "csv", "json"}};
    penstock::parameter<std::string> delimiter{*this, "delimiter", ",",
                                               "What stands between the values of CSV."};
    penstock::parameter<std::string> key{*this, "key", "key",
                                         "The column, or member, that rows are found by."};
    penstock::parameter<std::string> field{
        *this, "field", penstock::no_default,
        "The field whose value is looked up; of several values each, and what is found is put "
        "together."};
    penstock::parameter<bool> ignore_case{*this, "ignore_case", false,
                                          "Whether small letters and capitals are the same."};
    penstock::parameter<std::vector<std::string>> take{
        *this, "take", {}, "The columns that become fields; if empty, all but the key."};
    penstock::parameter<std::string> prefix{
        *this, "prefix", "", "What the names of these fields begin with, before the column."};
    penstock::parameter<std::optional<json::object>> fallback{
        *this, "default", std::nullopt, "The columns of a row that is not there.",
        penstock::example{json::object{{"country", "unknown"}}}};
    penstock::parameter<std::string> on_failure{
        *this, "on_failure", "keep",
        "What becomes of a packet when there is neither a row nor a default: it fails, or goes on "
        "as it is.",
        penstock::choices{"fail", "keep"}};
    reloading::reloaded<lookup_table> table{*this};

    void check(penstock::problems& found) const override
    {
        packets::check_name(found, field);
        packets::check_name(found, key);
        const bool is_one =
            delimiter->size() == 1 && static_cast<unsigned char>((*delimiter)[0]) < 128;
        if (!is_one || delimiter->find_first_of("\"\r\n") != std::string::npos)
            found.add(delimiter, "is no delimiter; one character as ; was expected");
    }

    void start() override
    {
        table_form form;
        form.is_json = *format == "json" || (*format == "auto" && file->ends_with(".json"));
        form.delimiter = (*delimiter)[0];
        form.key = *key;
        form.ignore_case = *ignore_case;
        std::string options = *key + '\0' + form.delimiter;
        options += form.is_json ? 'j' : 'c';
        options += form.ignore_case ? 'i' : 'e';
        table.start(*file, std::move(options),
                    [form](const std::string& path)
                    { return std::make_unique<lookup_table>(path, form); });
    }

    void process(penstock::packet& packet) override
    {
        if (!packet.has(*field))
            return;
        const lookup_table& now = table.get();
        const bool is_several = packet.is_multivalued(*field);
        std::vector<std::pair<std::string, json::array>> found;
        for (const json::value& each : packet.values(*field))
        {
            const std::optional<std::string> wanted = lookup_table::key_of(each);
            const json::object* row = wanted ? now.find(*wanted) : nullptr;
            if (row == nullptr && fallback->has_value())
                row = &**fallback;
            if (row != nullptr)
                gather(*row, found);
            else if (*on_failure == "fail" && !packets::is_order_to_delete(packet))
                throw penstock::field_error("field \"" + *field +
                                            "\": has a value that the table "
                                            "has no row for; a key of it was expected");
        }
        for (auto& [name, values] : found)
            if (is_several || values.size() != 1)
                packet.set_values(*prefix + name, std::move(values));
            else
                packet.set(*prefix + name, std::move(values.front()));
    }

    [[nodiscard]] bool is_wanted(std::string_view column) const
    {
        return take->empty() ? column != *key : std::ranges::find(*take, column) != take->end();
    }

    void gather(const json::object& row,
                std::vector<std::pair<std::string, json::array>>& found) const
    {
        for (const auto& each : row)
        {
            if (!is_wanted(each.key()))
                continue;
            auto place =
                std::ranges::find(found, each.key(), &std::pair<std::string, json::array>::first);
            if (place == found.end())
                place = found.insert(found.end(), {std::string(each.key()), {}});
            if (const json::array* several = each.value().if_array())
                place->second.insert(place->second.end(), several->begin(), several->end());
            else
                place->second.push_back(each.value());
        }
    }
};

} // namespace

extern constinit const penstock::component_entry lookup_entry = penstock::component_of<lookup>(
    "lookup", penstock::category::transformer,
    "Looks values of a field up in a table, and adds what its row has as fields.");

} // namespace fields_package
