// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace penstock::host
{

/// Appends numbers and texts to bytes: a number in groups of seven bits, the lowest first, with the
/// highest bit of each byte set but for the last (LEB128; DWARF 4, section 7.6), a text after its
/// length.
class binary_writer
{
public:
    explicit binary_writer(std::string& to) noexcept : to_(to) {}

    binary_writer& add(std::uint64_t number);
    binary_writer& add(std::string_view text);

private:
    std::string& to_;
};

/// Reads what binary_writer wrote. After the first number or text that is not there, everything is
/// 0 or empty.
class binary_reader
{
public:
    explicit binary_reader(std::string_view from) noexcept : rest_(from) {}

    std::uint64_t number() noexcept;

    /// A view of the bytes that are read.
    std::string_view text() noexcept;

    /// What follows.
    [[nodiscard]] std::string_view rest() const noexcept { return rest_; }

    /// Whether everything that was asked for was there.
    [[nodiscard]] bool is_whole() const noexcept { return is_whole_; }

private:
    void fail() noexcept;

    std::string_view rest_;
    bool is_whole_ = true;
};

} // namespace penstock::host
