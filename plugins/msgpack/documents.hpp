// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace msgpack_package
{

/// The bytes of one value among those of a body.
struct value_bytes
{
    std::size_t number; ///< counted from 1
    std::size_t offset; ///< in the body
    std::string_view bytes;
    std::string wrong; ///< why no value ends there, if that is so; it is the last then
};

/// Walks over the values of a body that stand one behind the other, or over the elements of a list.
/// Only their ends are looked for, in time that grows with their bytes and in no memory.
class documents
{
public:
    /// Walks over concatenated values.
    [[nodiscard]] static documents of_body(std::string_view body);

    /// Walks over the elements of a list, which is whole.
    [[nodiscard]] static documents of_list(const value_bytes& list);

    std::optional<value_bytes> next();

private:
    documents(std::string_view rest, std::size_t offset) : rest_(rest), offset_(offset) {}

    std::string_view rest_; // of the body or list
    std::size_t offset_;    // of it, in the body
    std::size_t number_ = 0;
};

} // namespace msgpack_package
