// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/packages/samples.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::tests
{

/// A list of exercises while it is made.
class exercise_list
{
public:
    /// Adds one and returns it, for the rest to be said of it; valid until the next is added.
    exercise& add(std::string component, std::string_view params,
                  std::function<packet(std::size_t)> sample)
    {
        return all.emplace_back(exercise{std::move(component),
                                         parse_json(params).as_object(),
                                         std::move(sample),
                                         0,
                                         {},
                                         false,
                                         {}});
    }

    std::vector<exercise> all;
};

// Those of components that read and write formats; that work on texts, on fields and on where packets
// go; that leave something on this host; and that talk to servers.

void add_formats(exercise_list& to);
void add_texts(exercise_list& to);
void add_fields(exercise_list& to);
void add_routes(exercise_list& to);
void add_local(exercise_list& to);
void add_servers(exercise_list& to);

} // namespace penstock::host::tests
