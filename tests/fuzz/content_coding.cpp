// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Compressed bodies; the first byte of an input chooses how.

#include "target.hpp"

#include "host/net/content/content_coding.hpp"

#include <array>

#include <zlib.h>
#include <zstd.h>

namespace penstock::fuzz
{

namespace
{

using namespace host::http;

constexpr std::array<std::string_view, 4> codings{"gzip", "deflate", "zstd", "identity"};

limits small_limits()
{
    limits bounds;
    bounds.decompressed = 256 * limits::kib;
    bounds.ratio_free = 4 * limits::kib;
    return bounds;
}

std::string deflated(const std::string& plain)
{
    std::string made(::compressBound(plain.size()), '\0');
    uLongf size = made.size();
    ::compress(reinterpret_cast<Bytef*>(made.data()), &size,
               reinterpret_cast<const Bytef*>(plain.data()), plain.size());
    made.resize(size);
    return made;
}

std::string with_zstd(const std::string& plain)
{
    std::string made(::ZSTD_compressBound(plain.size()), '\0');
    made.resize(::ZSTD_compress(made.data(), made.size(), plain.data(), plain.size(), 1));
    return made;
}

} // namespace

std::vector<std::string> seeds()
{
    const std::string text = R"({"title": "some text, some text, some text"})";
    const std::string bomb(100'000, 'x');
    std::vector<std::string> made;
    for (const std::string& plain : {text, bomb, std::string()})
    {
        made.push_back('\0' + gzip(plain));
        made.push_back('\1' + deflated(plain));
        made.push_back('\2' + with_zstd(plain));
        made.push_back('\0' + gzip(plain) + gzip(plain)); // of several members
    }
    return made;
}

void try_input(std::string_view input)
{
    const std::string_view coding = codings[take(input) % codings.size()];
    const limits bounds = small_limits();
    const auto plain = decode_content(coding, std::string(input), bounds);
    if (plain.has_value() && coding != "identity")
    {
        hold(plain->size() <= bounds.decompressed, "what is decompressed keeps to its limit");
        hold(plain->size() <= bounds.ratio_free + input.size() * bounds.compression_ratio,
             "what is decompressed keeps to the ratio");
    }
    limits endless;
    endless.compression_ratio = endless.decompressed;
    const auto same = decode_content("gzip", gzip(input), endless);
    hold(same.has_value() && *same == input, "what is compressed can be decompressed");
}

} // namespace penstock::fuzz
