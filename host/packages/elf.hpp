// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace penstock::host
{

using file_bytes = std::span<const std::byte>;

/// Why a file is not an ELF file to look into.
enum class elf_fault
{
    none,
    not_elf,       ///< something else: a text, a script, an archive
    other_machine, ///< ELF, but for another processor, or not a shared library
    cut_off        ///< its tables reach beyond its end, or are damaged
};

/// Looks into an ELF64 shared library without running or loading it.
///
/// Believes nothing: each offset is checked against the file's length, nothing is allocated by a
/// size from the file, and the work is bounded by the file's length. Borrows the bytes.
class elf_file
{
public:
    explicit elf_file(file_bytes file);

    [[nodiscard]] elf_fault fault() const noexcept { return fault_; }

    /// The contents of the section of that name.
    [[nodiscard]] std::optional<file_bytes> section(std::string_view name) const;

    /// The names of the libraries that the file needs (DT_NEEDED); views of the file.
    [[nodiscard]] std::vector<std::string_view> needed() const;

    /// What the file holds from the address of a defined dynamic symbol to the end of its segment.
    [[nodiscard]] std::optional<file_bytes> symbol(std::string_view name) const;

private:
    std::optional<file_bytes> part(std::uint64_t offset, std::uint64_t size) const;
    template <class T>
    std::optional<T> read(std::uint64_t offset) const;
    struct header;
    std::optional<header> section_header(std::uint64_t index) const;
    std::optional<file_bytes> at_address(std::uint64_t address) const;
    elf_fault examine();
    bool holds_its_segments() const;

    file_bytes file_;
    std::uint64_t sections_ = 0; ///< offset of the section headers
    std::uint16_t section_count_ = 0;
    std::uint16_t names_ = 0;    ///< which section holds the names of sections
    std::uint64_t segments_ = 0; ///< offset of the program headers
    std::uint16_t segment_count_ = 0;
    elf_fault fault_;
};

} // namespace penstock::host
