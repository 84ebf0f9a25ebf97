// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/elf.hpp"

#include <cstring>
#include <elf.h>

namespace penstock::host
{

namespace
{

#if defined(__x86_64__)
constexpr std::uint16_t this_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr std::uint16_t this_machine = EM_AARCH64;
#else
#error "the number of this machine in ELF files is not known"
#endif

/// Returns whether the text at `offset` of a string table is `name`.
bool is_named(file_bytes table, std::uint64_t offset, std::string_view name)
{
    return offset < table.size() && table.size() - offset > name.size() &&
           std::memcmp(table.data() + offset, name.data(), name.size()) == 0 &&
           table[offset + name.size()] == std::byte{0};
}

} // namespace

struct elf_file::header : Elf64_Shdr
{
};

elf_file::elf_file(file_bytes file) : file_(file), fault_(examine()) {}

std::optional<file_bytes> elf_file::part(std::uint64_t offset, std::uint64_t size) const
{
    if (offset > file_.size() || size > file_.size() - offset)
        return std::nullopt;
    return file_.subspan(offset, size);
}

template <class T>
std::optional<T> elf_file::read(std::uint64_t offset) const
{
    const std::optional<file_bytes> bytes = part(offset, sizeof(T));
    if (!bytes)
        return std::nullopt;
    T value;
    std::memcpy(&value, bytes->data(), sizeof(T)); // offsets in a damaged file are not aligned
    return value;
}

elf_fault elf_file::examine()
{
    if (file_.size() < SELFMAG || std::memcmp(file_.data(), ELFMAG, SELFMAG) != 0)
        return elf_fault::not_elf;
    const std::optional<Elf64_Ehdr> start = read<Elf64_Ehdr>(0);
    if (!start)
        return elf_fault::cut_off;
    if (start->e_ident[EI_CLASS] != ELFCLASS64 || start->e_ident[EI_DATA] != ELFDATA2LSB ||
        start->e_type != ET_DYN || start->e_machine != this_machine)
        return elf_fault::other_machine;
    if (start->e_shentsize != sizeof(Elf64_Shdr) || start->e_phentsize != sizeof(Elf64_Phdr) ||
        !part(start->e_shoff, std::uint64_t{start->e_shnum} * sizeof(Elf64_Shdr)) ||
        !part(start->e_phoff, std::uint64_t{start->e_phnum} * sizeof(Elf64_Phdr)))
        return elf_fault::cut_off;
    sections_ = start->e_shoff;
    section_count_ = start->e_shnum;
    names_ = start->e_shstrndx;
    segments_ = start->e_phoff;
    segment_count_ = start->e_phnum;
    return holds_its_segments() ? elf_fault::none : elf_fault::cut_off;
}

/// What is mapped beyond the end of its file ends the process that reads it.
bool elf_file::holds_its_segments() const
{
    for (std::uint64_t i = 0; i < segment_count_; ++i)
    {
        const std::optional<Elf64_Phdr> each = read<Elf64_Phdr>(segments_ + i * sizeof(Elf64_Phdr));
        if (each->p_type == PT_LOAD && !part(each->p_offset, each->p_filesz))
            return false;
    }
    return true;
}

std::optional<elf_file::header> elf_file::section_header(std::uint64_t index) const
{
    if (index >= section_count_)
        return std::nullopt;
    return read<header>(sections_ + index * sizeof(Elf64_Shdr));
}

std::optional<file_bytes> elf_file::section(std::string_view name) const
{
    const std::optional<header> names = section_header(names_);
    const std::optional<file_bytes> table =
        names ? part(names->sh_offset, names->sh_size) : std::nullopt;
    if (!table)
        return std::nullopt;
    for (std::uint64_t i = 0; i < section_count_; ++i)
    {
        const std::optional<header> each = section_header(i);
        if (each->sh_type != SHT_NOBITS && is_named(*table, each->sh_name, name))
            return part(each->sh_offset, each->sh_size);
    }
    return std::nullopt;
}

std::vector<std::string_view> elf_file::needed() const
{
    std::vector<std::string_view> names;
    const std::optional<file_bytes> entries = section(".dynamic");
    const std::optional<file_bytes> texts = section(".dynstr");
    if (!entries || !texts)
        return names;
    const std::string_view table(reinterpret_cast<const char*>(texts->data()), texts->size());
    for (std::size_t at = 0; at + sizeof(Elf64_Dyn) <= entries->size(); at += sizeof(Elf64_Dyn))
    {
        Elf64_Dyn each;
        std::memcpy(&each, entries->data() + at, sizeof each);
        if (each.d_tag == DT_NULL)
            break;
        if (each.d_tag == DT_NEEDED && each.d_un.d_val < table.size())
            names.push_back(
                table.substr(each.d_un.d_val).substr(0, table.substr(each.d_un.d_val).find('\0')));
    }
    return names;
}

std::optional<file_bytes> elf_file::symbol(std::string_view name) const
{
    for (std::uint64_t i = 0; i < section_count_; ++i)
    {
        const std::optional<header> symbols = section_header(i);
        if (symbols->sh_type != SHT_DYNSYM)
            continue;
        const std::optional<header> names = section_header(symbols->sh_link);
        const std::optional<file_bytes> table =
            names ? part(names->sh_offset, names->sh_size) : std::nullopt;
        if (!table || !part(symbols->sh_offset, symbols->sh_size))
            return std::nullopt;
        for (std::uint64_t at = 0; at + sizeof(Elf64_Sym) <= symbols->sh_size;
             at += sizeof(Elf64_Sym))
        {
            const std::optional<Elf64_Sym> each = read<Elf64_Sym>(symbols->sh_offset + at);
            if (each->st_shndx != SHN_UNDEF && is_named(*table, each->st_name, name))
                return at_address(each->st_value);
        }
        return std::nullopt; // a file has one such table
    }
    return std::nullopt;
}

std::optional<file_bytes> elf_file::at_address(std::uint64_t address) const
{
    for (std::uint64_t i = 0; i < segment_count_; ++i)
    {
        const std::optional<Elf64_Phdr> each = read<Elf64_Phdr>(segments_ + i * sizeof(Elf64_Phdr));
        if (each->p_type != PT_LOAD || address < each->p_vaddr ||
            address - each->p_vaddr >= each->p_filesz)
            continue;
        const std::optional<file_bytes> segment = part(each->p_offset, each->p_filesz);
        return segment ? std::optional(segment->subspan(address - each->p_vaddr)) : std::nullopt;
    }
    return std::nullopt;
}

} // namespace penstock::host
