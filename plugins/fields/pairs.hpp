// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/sdk.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace fields_package
{

/// What happens when the field to copy or rename to is there already.
enum class on_existing
{
    abort,  ///< the pair is skipped
    append, ///< the values are added to those that are there
    overwrite
};

/// Declares the pairs of fields that `copy` and `rename` work on.
class field_pairs
{
public:
    explicit field_pairs(penstock::component& owner)
        : from(owner, "from", penstock::no_default, "The fields to take, in the order of `to`."),
          to(owner, "to", penstock::no_default, "The names to put them under, one for each."),
          mode(owner, "mode", "abort",
               "What to do when the target exists: leave both alone, append to it, or replace it.",
               penstock::choices{"abort", "append", "overwrite"})
    {
    }

    /// Adds what keeps the two lists from pairing.
    void check(penstock::problems& found) const
    {
        if (from->size() != to->size())
            found.add(to, "has " + std::to_string(to->size()) + " names; " +
                              std::to_string(from->size()) + " were expected, as many as in from");
        for (const auto* const names : {&from, &to})
            if (std::find((*names)->begin(), (*names)->end(), "") != (*names)->end())
                found.add(*names, "has an empty name; names of fields were expected");
    }

    /// Reads the mode. In start().
    void start()
    {
        on_existing_ = *mode == "append"      ? on_existing::append
                       : *mode == "overwrite" ? on_existing::overwrite
                                              : on_existing::abort;
    }

    [[nodiscard]] std::size_t size() const { return from->size(); }

    [[nodiscard]] const std::string& source(std::size_t n) const { return (*from)[n]; }

    [[nodiscard]] const std::string& target(std::size_t n) const { return (*to)[n]; }

    [[nodiscard]] on_existing existing() const { return on_existing_; }

private:
    penstock::parameter<std::vector<std::string>> from;
    penstock::parameter<std::vector<std::string>> to;
    penstock::parameter<std::string> mode;
    on_existing on_existing_ = on_existing::abort;
};

/// Adds the values of one field to another that is there. The target's meta stays, the source's is
/// merged into it; a name that both have gets a list of the two values, the target's first.
inline void append_field(penstock::packet& packet, const std::string& from, const std::string& to)
{
    packet.extend(to, packet.values(from));
    const penstock::json::object theirs = packet.field_meta(from);
    for (const auto& [name, value] : theirs)
    {
        if (packet.has_field_meta(to, name))
            packet.set_field_meta(to, name,
                                  penstock::json::array{packet.field_meta(to, name), value});
        else
            packet.set_field_meta(to, name, value);
    }
}

} // namespace fields_package
