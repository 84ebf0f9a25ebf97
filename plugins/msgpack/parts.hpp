// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "documents.hpp"
#include "time.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace msgpack_package
{

/// What becomes one packet: a map, or what is none and fails.
struct part
{
    std::string where;  ///< "document 2" or "document 2, element 3"
    std::size_t offset; ///< in the body
    std::string_view bytes;
    std::string wrong; ///< why it is no map, behind `where`; empty if it is one

    std::string_view map;                   ///< within `bytes`
    std::optional<point_in_time> time = {}; ///< of an event
    std::string_view metadata = {};         ///< a map, of an event that has some
};

/// Walks over the parts of a body: its maps, and the elements of its lists. Scalars that follow
/// each other are one part, since text that somebody took for MessagePack is nothing but scalars.
class parts
{
public:
    /// `events`: whether a list of a time and a map is one part, as Fluentd and Fluent Bit write an
    /// event, or of a list of a time and a map, and a map.
    parts(std::string_view body, bool events)
        : documents_(documents::of_body(body)), events_(events)
    {
    }

    std::optional<part> next();

private:
    [[nodiscard]] part part_of(std::string where, const value_bytes& value) const;
    [[nodiscard]] part scalars(value_bytes first);

    documents documents_;
    std::optional<documents> elements_; // of the list that is being read
    std::size_t document_ = 0;          // its number
    bool events_;
};

} // namespace msgpack_package
