// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "gzip.hpp"

#include <array>
#include <memory>
#include <new>
#include <stdexcept>

#include <zlib.h>

namespace otlp_package
{
namespace
{

constexpr int gzip_window = 15 + 16; // as zlib says that it is gzip

Bytef* bytes_of(std::string_view text)
{
    return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}

} // namespace

std::string unpacked(std::string_view bytes, std::size_t most)
{
    z_stream stream{};
    if (inflateInit2(&stream, gzip_window) != Z_OK)
        throw std::bad_alloc();
    const std::unique_ptr<z_stream, int (*)(z_stream*)> end(&stream, inflateEnd);
    stream.next_in = bytes_of(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string text;
    std::array<char, 16'384> part{};
    for (int code = Z_OK; code != Z_STREAM_END;)
    {
        stream.next_out = reinterpret_cast<Bytef*>(part.data());
        stream.avail_out = static_cast<uInt>(part.size());
        code = inflate(&stream, Z_NO_FLUSH);
        if (code != Z_OK && code != Z_STREAM_END)
            throw std::invalid_argument("the body is no whole gzip; one was expected");
        const std::size_t got = part.size() - stream.avail_out;
        if (got > most - text.size())
            throw std::length_error("the body is too large");
        text.append(part.data(), got);
    }
    return text;
}

std::string packed(std::string_view bytes)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    const std::unique_ptr<z_stream, int (*)(z_stream*)> end(&stream, deflateEnd);
    std::string text(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = bytes_of(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = bytes_of(text);
    stream.avail_out = static_cast<uInt>(text.size());
    (void)deflate(&stream, Z_FINISH); // all fits, as deflateBound() says
    text.resize(stream.total_out);
    return text;
}

} // namespace otlp_package
