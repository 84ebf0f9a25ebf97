// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::bench
{

/// Reads the files of this machine's documentation with such an ending and of 1 MiB at most, in
/// order of their paths, until there are so many bytes. Throws std::runtime_error if there are none.
[[nodiscard]] std::vector<std::string> documentation(std::string_view ending, std::size_t bytes);

/// Makes a record that depends on nothing but its number: an `id`, two texts, a number and a truth
/// value.
[[nodiscard]] json::object record(std::size_t number);

/// Makes so many words, the same for a number; about 2,000 different words, some much more
/// frequent.
[[nodiscard]] std::string words(std::size_t count, std::size_t number);

/// Makes a packet of each body, with that media type.
[[nodiscard]] std::vector<packet> bodies(const std::vector<std::string>& of, std::string_view type);

/// Makes a packet of each record, with its id as meta `id`.
[[nodiscard]] std::vector<packet> records(std::size_t count);

} // namespace penstock::bench
