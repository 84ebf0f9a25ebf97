// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "window_summary.hpp"

#include "../packets/place_problem.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <stdexcept>

namespace route_package
{

namespace json = penstock::json;

namespace
{

std::string problem_of_aggregate(const json::value& told)
{
    const json::object* const object = told.if_object();
    if (object == nullptr || object->size() != 1 || !object->begin()->value().is_string() ||
        !aggregation_called(object->begin()->key()))
        return "is no aggregate; one as {\"sum\": \"/fields/price\"} was expected";
    return packets::problem_of_place(object->begin()->value().get_string());
}

// That of one of its packets, in whatever order they came.
std::string least_id(const window& of)
{
    std::string least = of.members.front().packet.id().text();
    for (const window_member& each : of.members)
        least = std::min(least, each.packet.id().text());
    return least;
}

} // namespace

window_summary::window_summary(penstock::component& owner)
    : key_{owner,
           "key",
           {},
           "What packets of a window have in common: /fields/NAME, /meta/NAME or the NAME of a "
           "field. Each key has windows of its own.",
           penstock::example{json::array{"/fields/host"}}},
      aggregates_{
          owner,
          "aggregates",
          {},
          "The fields to make, each of an object of one member: sum, min, max, mean, count, "
          "distinct, first or last, with the place of the values. A packet without it has none; "
          "one in which it is no number, where one is needed, fails.",
          penstock::example{json::object{{"total", json::object{{"sum", "/fields/price"}}}}}}
{
}

void window_summary::check(penstock::problems& found) const
{
    std::set<std::string> names{"count", "window_start", "window_end"};
    for (const std::string& each : *key_)
        if (const std::string wrong = packets::problem_of_place(each); !wrong.empty())
            found.add(key_, wrong);
        else if (!names.insert(value_place(each).name).second)
            found.add(key_, "has a second field \"" + value_place(each).name +
                                "\"; names of their own were expected");
    for (const auto& each : *aggregates_)
    {
        const std::string where = "aggregates/" + std::string(each.key());
        if (each.key().empty() || !names.insert(std::string(each.key())).second)
            found.add(where, "has a name that is empty or taken; another was expected");
        if (const std::string wrong = problem_of_aggregate(each.value()); !wrong.empty())
            found.add(where, wrong);
    }
}

void window_summary::start()
{
    for (const std::string& each : *key_)
        keys_.emplace_back(each);
    for (const auto& each : *aggregates_)
    {
        const auto& told = *each.value().as_object().begin();
        fields_.push_back({std::string(each.key()), *aggregation_called(told.key()),
                           value_place(told.value().as_string())});
    }
}

std::string window_summary::key_of(const penstock::packet& packet) const
{
    json::array values;
    for (const value_place& each : keys_)
    {
        const json::value* const found = each.find_in(packet);
        values.push_back(found == nullptr ? json::value() : *found);
    }
    try
    {
        return penstock::write_json(values);
    }
    catch (const std::invalid_argument& error)
    {
        throw std::invalid_argument(std::string("key: ") + error.what());
    }
}

std::vector<json::array> window_summary::values_of(const penstock::packet& packet) const
{
    std::vector<json::array> all;
    for (const aggregate_field& each : fields_)
    {
        json::array& values = all.emplace_back();
        for (const json::value& value : each.of.values_in(packet))
        {
            if (value.is_null())
                continue;
            if (!is_of_numbers(each.what))
            {
                (void)penstock::write_json(value); // what JSON cannot hold is no value
                values.push_back(value);
                continue;
            }
            const std::optional<json::value> number = number_of(value);
            if (!number)
                throw std::invalid_argument(each.of.name + ": is no number; one was expected");
            values.push_back(*number);
        }
    }
    return all;
}

window_result window_summary::result_of(const window& of, const char* why_closed) const
{
    const std::string begin = packets::rfc3339(of.start);
    const json::array values = penstock::parse_json(of.key, penstock::own_text).as_array();
    window_result made{begin, why_closed, {}};
    json::array id = values;
    id.emplace_back(begin);
    if (made.closed_by != "time") // a part, of which there may be others
        id.emplace_back(least_id(of));
    if (id.size() > 1)
        made.id = penstock::write_json(id);
    for (std::size_t n = 0; n < keys_.size(); ++n)
        if (!values[n].is_null())
            made.fields[keys_[n].name] = values[n];
    made.fields["window_start"] = begin;
    made.fields["window_end"] = packets::rfc3339(of.end);
    made.fields["count"] = of.members.size();
    for (std::size_t n = 0; n < fields_.size(); ++n)
    {
        std::vector<json::value> all;
        for (const window_member& member : of.members)
            all.insert(all.end(), member.values[n].begin(), member.values[n].end());
        made.fields[fields_[n].name] = aggregate(fields_[n].what, all);
    }
    return made;
}

} // namespace route_package
