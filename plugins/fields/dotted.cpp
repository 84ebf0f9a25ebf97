// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "dotted.hpp"

#include <penstock/packet.hpp>

#include <cstddef>
#include <set>
#include <utility>

namespace fields_package
{

namespace
{

namespace json = penstock::json;

constexpr std::size_t deepest = 64;

struct walk
{
    std::string_view separator;
    std::vector<dotted> found;
    std::set<std::string> names;

    void into(const std::string& name, const json::object& object, std::size_t depth)
    {
        if (depth > deepest)
            throw penstock::field_error("field \"" + name +
                                        "\": is nested too deep; at most 64 objects within each "
                                        "other were expected");
        for (const auto& each : object)
        {
            std::string within = name;
            within.append(separator).append(each.key());
            const json::object* const next = each.value().if_object();
            if (next != nullptr && !next->empty())
                into(within, *next, depth + 1);
            else if (!names.insert(within).second)
                throw penstock::field_error("field \"" + within +
                                            "\": is there twice; one of them was expected");
            else
                found.push_back({std::move(within), each.value()});
        }
    }
};

} // namespace

std::vector<dotted> flattened(const std::string& name, const json::object& object,
                              std::string_view separator)
{
    walk all{separator, {}, {}};
    all.into(name, object, 1);
    return std::move(all.found);
}

void put_dotted(json::object& into, std::string_view name, json::value value,
                std::string_view separator)
{
    json::object* now = &into;
    std::string_view rest = name;
    for (std::size_t depth = 1;; ++depth)
    {
        const std::size_t end = rest.find(separator);
        const std::string_view part = rest.substr(0, end);
        if (end == std::string_view::npos)
        {
            if (!now->emplace(part, std::move(value)).second)
                throw penstock::field_error("field \"" + std::string(name) +
                                            "\": is there twice; one of them was expected");
            return;
        }
        json::object* const next =
            depth > deepest ? nullptr
                            : now->emplace(part, json::object()).first->value().if_object();
        if (next == nullptr)
            throw penstock::field_error("field \"" + std::string(name) +
                                        "\": is within what is no object, or too deep; at most 64 "
                                        "objects were expected");
        now = next;
        rest.remove_prefix(end + separator.size());
    }
}

} // namespace fields_package
