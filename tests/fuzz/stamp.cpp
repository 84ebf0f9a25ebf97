// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Files that may be packages, before anything of them runs.

#include "target.hpp"

#include "host/packages/stamp.hpp"

#include <penstock/package.hpp>

#include <cstring>
#include <elf.h>

#define PENSTOCK_PACKAGE_NAME "small"
#define PENSTOCK_PACKAGE_VERSION "1.2.3"
#define PENSTOCK_PACKAGE_LICENCE "Apache-2.0"

namespace penstock::fuzz
{

namespace
{

template <class T>
void append(std::string& file, const T& part)
{
    file.append(reinterpret_cast<const char*>(&part), sizeof part);
}

// The least file that reads as a package: headers, five sections, one segment.
std::string small_package()
{
    const std::string names{"\0names\0penstock_stamp\0strings\0symbols\0", 38};
    const std::string strings{"\0penstock_manifest\0", 19};
    const manifest says{{'p', 'e', 'n', 's', 't', 'o', 'c', 'k'},
                        PENSTOCK_SDK_ABI,
                        sizeof(manifest),
                        nullptr,
                        nullptr,
                        nullptr,
                        nullptr,
                        0};
    Elf64_Ehdr head{};
    std::memcpy(head.e_ident, ELFMAG, SELFMAG);
    head.e_ident[EI_CLASS] = ELFCLASS64;
    head.e_ident[EI_DATA] = ELFDATA2LSB;
    head.e_type = ET_DYN;
#if defined(__x86_64__)
    head.e_machine = EM_X86_64;
#else
    head.e_machine = EM_AARCH64;
#endif
    head.e_shentsize = sizeof(Elf64_Shdr);
    head.e_phentsize = sizeof(Elf64_Phdr);
    head.e_shnum = 5;
    head.e_phnum = 1;
    head.e_phoff = sizeof head;
    head.e_shoff = head.e_phoff + sizeof(Elf64_Phdr);

    std::string content;
    const std::size_t start = head.e_shoff + 5 * sizeof(Elf64_Shdr);
    std::string sections;
    const auto section = [&](std::size_t name, unsigned type, std::string_view text, unsigned link)
    {
        Elf64_Shdr made{};
        made.sh_name = static_cast<Elf64_Word>(name);
        made.sh_type = type;
        made.sh_offset = start + content.size();
        made.sh_size = text.size();
        made.sh_link = link;
        append(sections, made);
        content += text;
    };
    Elf64_Sym symbol{};
    symbol.st_name = 1;
    symbol.st_shndx = 1;
    symbol.st_value = 0x1000;
    std::string symbols;
    append(symbols, symbol);
    section(1, SHT_STRTAB, names, 0);
    section(7, SHT_PROGBITS, {PENSTOCK_STAMP, sizeof PENSTOCK_STAMP}, 0);
    section(22, SHT_STRTAB, strings, 0);
    section(30, SHT_DYNSYM, symbols, 2);
    section(0, SHT_NULL, {}, 0);
    Elf64_Phdr segment{};
    segment.p_type = PT_LOAD;
    segment.p_vaddr = 0x1000;
    segment.p_offset = start + content.size();
    segment.p_filesz = sizeof says;
    append(content, says);

    std::string file;
    append(file, head);
    append(file, segment);
    return file + sections + content;
}

} // namespace

std::vector<std::string> seeds()
{
    const std::string whole = small_package();
    const auto found = host::read_stamp(std::as_bytes(std::span(whole)), "x.so");
    hold(found.has_value() && found->package == "small", "the seed is a package");
    return {whole, "#!/bin/sh\n"};
}

void try_input(std::string_view input)
{
    const std::string copy(input); // of just that length, so that a step too far is seen
    const auto found = host::read_stamp(std::as_bytes(std::span(copy)), "x.so");
    if (found.has_error())
    {
        hold(to_string(found.error()).starts_with("x.so: "), "a refusal names the file");
        hold(to_string(found.error()).find('\n') == std::string::npos, "a refusal is one line");
        return;
    }
    hold(host::is_name(found->package), "a package has a name");
    static_cast<void>(host::check(*found, "x.so"));
}

} // namespace penstock::fuzz
