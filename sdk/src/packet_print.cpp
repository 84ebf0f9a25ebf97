// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/packet.hpp>

#include <algorithm>
#include <ostream>

namespace penstock
{

namespace
{

// Prints the members in order of their names, one a line.
void print_members(std::ostream& out, std::string_view prefix, const json::object& members)
{
    std::vector<const json::key_value_pair*> sorted;
    for (const auto& member : members)
        sorted.push_back(&member);
    std::sort(sorted.begin(), sorted.end(),
              [](const auto* a, const auto* b) { return a->key() < b->key(); });
    for (const auto* member : sorted)
        out << prefix << std::string_view(member->key()) << " = " << write_json(member->value())
            << '\n';
}

} // namespace

void packet::print(std::ostream& out, keep_meta meta) const
{
    out << "packet " << id().text() << '\n';
    for (const auto& name : names())
    {
        const auto& value = *find(name);
        const bool one_list = value.is_array() && !is_multivalued(name);
        out << "  " << name << " = " << (one_list ? "[" : "") << write_json(value)
            << (one_list ? "]" : "") << '\n';
        if (meta == keep_meta::yes)
            print_members(out, "    meta ", field_meta(name));
    }
    if (meta == keep_meta::yes)
        print_members(out, "  meta ", this->meta());
    if (!data().empty())
        out << "  data of " << data().size() << " bytes\n";
}

} // namespace penstock
