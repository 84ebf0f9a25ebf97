// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/stamp.hpp"

#include <penstock/package.hpp>

#include <algorithm>
#include <array>
#include <cstring>

namespace penstock::host
{

namespace
{

constexpr std::size_t longest_stamp = 4096;
constexpr std::string_view first_line = "penstock-stamp=1";
constexpr std::string_view magic = "penstock";

struct stamp_key
{
    std::string_view name;
    std::string stamp::*value;
};

constexpr std::array keys{stamp_key{"sdk", &stamp::sdk},
                          stamp_key{"boost", &stamp::boost},
                          stamp_key{"glibcxx_cxx11_abi", &stamp::glibcxx_cxx11_abi},
                          stamp_key{"glibcxx_debug", &stamp::glibcxx_debug},
                          stamp_key{"sanitizer", &stamp::sanitizer},
                          stamp_key{"package", &stamp::package},
                          stamp_key{"version", &stamp::version},
                          stamp_key{"licence", &stamp::licence}};

/// What makes a package fit again, in its project.
std::string mended_by(std::string_view preset)
{
    return "; build it anew: cmake --fresh --preset " + std::string(preset) +
           " && cmake --build --preset " + std::string(preset) + " --clean-first";
}

std::string mended()
{
    return mended_by(std::string_view(PENSTOCK_SANITIZER) == "address" ? "asan" : "release");
}

std::string_view text_of(file_bytes bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::optional<problem> fault_of(const elf_file& file, const std::string& where)
{
    switch (file.fault())
    {
    case elf_fault::none: return std::nullopt;
    case elf_fault::not_elf:
        return problem(where, {}, "is not a shared library", "an ELF file was expected");
    case elf_fault::other_machine:
        return problem(where, {}, "is not a shared library for this machine",
                       "one built here was expected");
    case elf_fault::cut_off: break;
    }
    return problem(where, {}, "is cut off or damaged", "a complete ELF file was expected");
}

std::optional<problem> check_manifest(const elf_file& file, const std::string& where)
{
    const std::optional<file_bytes> found = file.symbol("penstock_manifest");
    constexpr std::size_t prefix = offsetof(manifest, package);
    if (!found || found->size() < prefix)
        return problem(where, {}, "exports no penstock_manifest",
                       "what PENSTOCK_PACKAGE() defines was expected");
    const std::string_view start = text_of(found->first(magic.size()));
    if (start != magic)
        return problem(where, {}, "its manifest begins with " + quote(start),
                       quote(magic) + " was expected");
    std::uint32_t version = 0;
    std::uint32_t size = 0;
    std::memcpy(&version, found->data() + offsetof(manifest, version), sizeof version);
    std::memcpy(&size, found->data() + offsetof(manifest, size), sizeof size);
    if (version != PENSTOCK_SDK_ABI)
        return problem(where, {}, "its manifest has version " + std::to_string(version),
                       std::to_string(PENSTOCK_SDK_ABI) + " was expected" + mended());
    if (size != sizeof(manifest))
        return problem(where, {}, "its manifest has " + std::to_string(size) + " bytes",
                       std::to_string(sizeof(manifest)) + " were expected" + mended());
    return std::nullopt;
}

problem damaged(const std::string& where, const std::string& what)
{
    return {
        where, {}, "its stamp is damaged: " + what, "what PENSTOCK_PACKAGE() writes was expected"};
}

boost::system::result<stamp, problem> parse_stamp(std::string_view text, const std::string& where)
{
    text = text.substr(0, std::min(text.find('\0'), text.size()));
    if (text.size() > longest_stamp)
        return damaged(where, "it has " + std::to_string(text.size()) + " bytes");
    stamp found;
    std::array<bool, keys.size()> given{};
    bool first = true;
    while (!text.empty())
    {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        if (std::exchange(first, false) && line != first_line)
            return damaged(where, "it begins with " + quote(line));
        const std::size_t sign = line.find('=');
        const auto is_printable = [](char c) { return c >= ' ' && c <= '~'; };
        if (sign == line.npos || !std::all_of(line.begin(), line.end(), is_printable))
            return damaged(where, "it has the line " + quote(line));
        const auto key =
            std::find_if(keys.begin(), keys.end(),
                         [&](const stamp_key& each) { return each.name == line.substr(0, sign); });
        if (key == keys.end())
            continue; // a later SDK may say more
        if (std::exchange(given[static_cast<std::size_t>(key - keys.begin())], true))
            return damaged(where, "it has " + std::string(key->name) + " twice");
        found.*key->value = line.substr(sign + 1);
    }
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (!given[i])
            return damaged(where, "it lacks " + std::string(keys[i].name));
    if (!is_name(found.package))
        return damaged(where, "it names the package " + quote(found.package));
    return found;
}

} // namespace

const stamp& own_stamp()
{
    static const stamp own{.sdk = PENSTOCK_STRING(PENSTOCK_SDK_ABI),
                           .boost = PENSTOCK_STRING(BOOST_VERSION),
                           .glibcxx_cxx11_abi = PENSTOCK_STRING(_GLIBCXX_USE_CXX11_ABI),
                           .glibcxx_debug = PENSTOCK_GLIBCXX_DEBUG,
                           .sanitizer = PENSTOCK_SANITIZER,
                           .package = {},
                           .version = {},
                           .licence = {}};
    return own;
}

boost::system::result<stamp, problem> read_stamp(file_bytes file, const std::string& where)
{
    const elf_file elf(file);
    if (std::optional<problem> fault = fault_of(elf, where))
        return *std::move(fault);
    const std::optional<file_bytes> section = elf.section("penstock_stamp");
    if (!section)
        return problem(where, {}, "is not a package: it has no stamp",
                       "what PENSTOCK_PACKAGE() writes was expected");
    boost::system::result<stamp, problem> found = parse_stamp(text_of(*section), where);
    if (found.has_error())
        return found;
    // The order matters for the message: a package of another SDK may have another manifest.
    if (found->sdk == own_stamp().sdk)
        if (std::optional<problem> wrong = check_manifest(elf, where))
            return *std::move(wrong);
    return found;
}

std::optional<problem> check(const stamp& stamp, const std::string& where)
{
    const host::stamp& own = own_stamp();
    const auto differs =
        [&](std::string_view what, const std::string& found, const std::string& expected)
    {
        return problem(where, {}, "is built " + std::string(what) + " " + quote(found),
                       quote(expected) + " was expected" + mended());
    };
    if (stamp.sdk != own.sdk)
        return differs("for SDK ABI", stamp.sdk, own.sdk);
    if (stamp.boost != own.boost)
        return differs("with Boost", stamp.boost, own.boost);
    if (stamp.glibcxx_cxx11_abi != own.glibcxx_cxx11_abi)
        return differs("with _GLIBCXX_USE_CXX11_ABI", stamp.glibcxx_cxx11_abi,
                       own.glibcxx_cxx11_abi);
    if (stamp.glibcxx_debug != own.glibcxx_debug)
        return differs("with _GLIBCXX_DEBUG", stamp.glibcxx_debug, own.glibcxx_debug);
    if (stamp.sanitizer != own.sanitizer)
        return differs("with the sanitizer", stamp.sanitizer, own.sanitizer);
    return std::nullopt;
}

bool is_name(std::string_view text) noexcept
{
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto is_inner = [&](char c)
    { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; };
    return !text.empty() && is_letter(text.front()) &&
           std::all_of(text.begin(), text.end(), is_inner);
}

} // namespace penstock::host
