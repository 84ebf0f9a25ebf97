// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/content/content_coding.hpp"

#include "host/net/characters.hpp"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <new>
#include <optional>

namespace penstock::host::http
{

namespace
{

enum class coding
{
    identity,
    gzip,
    deflate,
    zstd
};

std::optional<coding> find_coding(std::string_view name) noexcept
{
    name = trim(name);
    if (name.empty() || same_token(name, "identity"))
    {
        return coding::identity;
    }
    if (same_token(name, "gzip") || same_token(name, "x-gzip"))
    {
        return coding::gzip;
    }
    if (same_token(name, "deflate"))
    {
        return coding::deflate;
    }
    if (same_token(name, "zstd"))
    {
        return coding::zstd;
    }
    return std::nullopt;
}

refusal damaged(std::string_view name)
{
    return {400, "body: not valid " + std::string{name} + "; expected what content-encoding says"};
}

/// Collects decoded bytes up to what the limits allow for this input.
class bounded_output
{
public:
    bounded_output(std::size_t input, const limits& bounds)
        : most_{std::min(bounds.decompressed,
                         std::max(bounds.ratio_free, input * bounds.compression_ratio))}
    {
    }

    bool add(const char* bytes, std::size_t count)
    {
        if (count > most_ - text_.size())
        {
            return false;
        }
        text_.append(bytes, count);
        return true;
    }

    refusal too_large() const
    {
        return {413, "body: too large once decompressed; expected at most " +
                         std::to_string(most_) + " bytes"};
    }

    std::string take() { return std::move(text_); }

private:
    std::size_t most_;
    std::string text_;
};

constexpr std::size_t step = 32 * limits::kib;

constexpr int gzip_window = 15 + 16;
constexpr int zlib_window = 15;
constexpr int raw_window = -15;

/// "deflate" means the zlib format, yet some clients send the bare stream.
int deflate_window(std::string_view input)
{
    if (input.size() < 2)
    {
        return raw_window;
    }
    const auto first = static_cast<unsigned char>(input[0]);
    const auto second = static_cast<unsigned char>(input[1]);
    const bool has_header = (first & 0x0fU) == Z_DEFLATED && (first * 256U + second) % 31 == 0;
    return has_header ? zlib_window : raw_window;
}

checked<std::string> inflate_all(std::string_view input, int window, std::string_view name,
                                 const limits& bounds)
{
    z_stream stream{};
    if (inflateInit2(&stream, window) != Z_OK)
    {
        throw std::bad_alloc{};
    }
    const std::unique_ptr<z_stream, decltype(&inflateEnd)> owner{&stream, inflateEnd};
    // zlib takes no const input, and does not write to it. A body's limit is far below 4 GiB, but
    // that is decided elsewhere.
    if (input.size() > std::numeric_limits<uInt>::max())
    {
        return refusal{413, "body: too large to decompress; expected less than 4 GiB"};
    }
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    stream.avail_in = static_cast<uInt>(input.size());
    bounded_output output{input.size(), bounds};
    std::array<char, step> block;
    for (;;)
    {
        stream.next_out = reinterpret_cast<Bytef*>(block.data());
        stream.avail_out = static_cast<uInt>(block.size());
        const int state = inflate(&stream, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END)
        {
            return damaged(name); // a cut stream ends here too, as Z_BUF_ERROR
        }
        if (!output.add(block.data(), block.size() - stream.avail_out))
        {
            return output.too_large();
        }
        if (state == Z_STREAM_END)
        {
            if (stream.avail_in == 0)
            {
                return output.take();
            }
            // Several gzip members in a row are one gzip file (RFC 1952, 2.2).
            if (window != gzip_window || inflateReset(&stream) != Z_OK)
            {
                return damaged(name);
            }
        }
    }
}

checked<std::string> unpack_zstd(std::string_view input, const limits& bounds)
{
    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context{ZSTD_createDCtx(),
                                                                       ZSTD_freeDCtx};
    if (!context)
    {
        throw std::bad_alloc{};
    }
    // 8 MiB is what RFC 8878 asks every decoder to support; the frame would choose 128.
    constexpr int window_log = 23;
    ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, window_log);
    bounded_output output{input.size(), bounds};
    std::array<char, step> block;
    ZSTD_inBuffer from{input.data(), input.size(), 0};
    std::size_t left = 1;
    bool more = true;
    while (more)
    {
        ZSTD_outBuffer to{block.data(), block.size(), 0};
        left = ZSTD_decompressStream(context.get(), &to, &from);
        if (ZSTD_isError(left) != 0)
        {
            return damaged("zstd");
        }
        if (!output.add(block.data(), to.pos))
        {
            return output.too_large();
        }
        more = from.pos < from.size || to.pos == to.size;
    }
    if (left != 0)
    {
        return damaged("zstd");
    }
    return output.take();
}

} // namespace

bool is_known_coding(std::string_view content_encoding) noexcept
{
    return find_coding(content_encoding).has_value();
}

checked<std::string> decode_content(std::string_view content_encoding, std::string body,
                                    const limits& bounds)
{
    const auto found = find_coding(content_encoding);
    if (!found)
    {
        return refusal{415, "content-encoding: not supported; expected one of gzip, deflate, zstd"};
    }
    if (*found != coding::identity && body.empty())
    {
        return damaged(trim(content_encoding));
    }
    switch (*found)
    {
    case coding::gzip: return inflate_all(body, gzip_window, "gzip", bounds);
    case coding::deflate: return inflate_all(body, deflate_window(body), "deflate", bounds);
    case coding::zstd: return unpack_zstd(body, bounds);
    case coding::identity: break;
    }
    return body;
}

bool accepts_gzip(const header_list& headers)
{
    bool named = false;
    bool gzip_taken = false;
    bool any_taken = false;
    each_of_list(headers.value("Accept-Encoding"),
                 [&](std::string_view element)
                 {
                     const auto semicolon = std::min(element.find(';'), element.size());
                     const auto name = trim(element.substr(0, semicolon));
                     const auto weight =
                         trim(element.substr(std::min(semicolon + 1, element.size())));
                     // Only a weight of zero says no, however it is written: q=0, q=0.00.
                     const bool taken = !weight.starts_with("q=0") ||
                                        weight.find_first_of("123456789") != std::string_view::npos;
                     if (same_token(name, "gzip") || same_token(name, "x-gzip"))
                     {
                         named = true;
                         gzip_taken = taken;
                     }
                     any_taken = any_taken || (name == "*" && taken);
                 });
    return named ? gzip_taken : any_taken;
}

std::string gzip(std::string_view plain)
{
    z_stream stream{};
    constexpr int level = 4;
    constexpr int memory = 8;
    if (deflateInit2(&stream, level, Z_DEFLATED, gzip_window, memory, Z_DEFAULT_STRATEGY) != Z_OK)
    {
        throw std::bad_alloc{};
    }
    const std::unique_ptr<z_stream, decltype(&deflateEnd)> owner{&stream, deflateEnd};
    std::string packed(deflateBound(&stream, plain.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
    {
        throw std::bad_alloc{};
    }
    packed.resize(stream.total_out);
    return packed;
}

} // namespace penstock::host::http
