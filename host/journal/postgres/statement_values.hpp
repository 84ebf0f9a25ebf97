// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/sha256.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// The values of a statement's `$1`, `$2`…, in the binary format of PostgreSQL's protocol
/// (https://www.postgresql.org/docs/15/protocol-overview.html#PROTOCOL-FORMAT-CODES): numbers in
/// network order, and arrays as array_send() writes them.
class statement_values
{
public:
    /// The elements of an array: a value each, or NULL.
    using blobs = std::vector<std::optional<std::string_view>>;

    statement_values& add(std::int64_t number);
    statement_values& add(std::uint64_t number) { return add(static_cast<std::int64_t>(number)); }
    statement_values& add(std::string_view text);
    statement_values& add_bytes(std::string_view content);
    statement_values& add_numbers(std::span<const std::int64_t> numbers);
    statement_values& add_texts(const blobs& texts);
    statement_values& add_bytes(const blobs& contents);

    /// The values in the order in which they were added.
    [[nodiscard]] const std::vector<std::string>& texts() const noexcept { return texts_; }

    /// The types of them, as numbers of PostgreSQL's pg_type.
    [[nodiscard]] const std::vector<unsigned>& types() const noexcept { return types_; }

private:
    statement_values& take(unsigned type, std::string value);

    std::vector<std::string> texts_;
    std::vector<unsigned> types_;
};

} // namespace penstock::host
