// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "compressed.hpp"
#include "archive_error.hpp"

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <limits>
#include <new>
#include <vector>

namespace archive_package
{

namespace
{

constexpr std::size_t block_size = std::size_t{128} << 10;
constexpr std::string_view gzip_mark = "\x1f\x8b\x08";
constexpr std::string_view zstd_mark = "\x28\xb5\x2f\xfd";
constexpr std::size_t longest_name = 4096;

// A frame that a reader skips has one of sixteen marks (RFC 8878, 3.1.2).
bool is_zstd(std::string_view data)
{
    return data.starts_with(zstd_mark) ||
           (data.size() >= 4 && (static_cast<unsigned char>(data[0]) & 0xf0U) == 0x50 &&
            data.substr(1, 3) == "\x2a\x4d\x18");
}

class gzip_file final : public compressed
{
public:
    explicit gzip_file(std::string_view data) : rest_(data), block_(block_size)
    {
        constexpr int gzip_window = 15 + 16;
        if (inflateInit2(&stream_, gzip_window) != Z_OK)
            throw std::bad_alloc();
        header_.name = reinterpret_cast<Bytef*>(name_.data());
        header_.name_max = longest_name;
        inflateGetHeader(&stream_, &header_);
    }

    ~gzip_file() override { inflateEnd(&stream_); }

    std::string_view next() override
    {
        while (!rest_.empty())
        {
            if (is_between_ && is_end())
                return {};
            const std::string_view made = step();
            if (!made.empty())
                return made;
        }
        if (!is_between_)
            throw archive_error("gzip: ends early");
        return {};
    }

    // zlib ends the name with a zero if there is room for it, and the array has one more.
    std::string name() const override { return header_.done == 1 ? name_.data() : ""; }

private:
    // Several members in a row are one file (RFC 1952, 2.2), and zeros behind them are what a tape
    // is filled up with.
    bool is_end()
    {
        if (rest_.find_first_not_of('\0') == std::string_view::npos)
        {
            rest_ = {};
            return true;
        }
        if (!rest_.starts_with(gzip_mark))
            throw archive_error("gzip: " + std::to_string(rest_.size()) +
                                " bytes behind its end are none");
        inflateReset(&stream_);
        return false;
    }

    std::string_view step()
    {
        const std::size_t most =
            std::min<std::size_t>(rest_.size(), std::numeric_limits<uInt>::max());
        // zlib takes no const input, and does not write to it.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(rest_.data()));
        stream_.avail_in = static_cast<uInt>(most);
        stream_.next_out = reinterpret_cast<Bytef*>(block_.data());
        stream_.avail_out = static_cast<uInt>(block_.size());
        const int state = inflate(&stream_, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR)
            throw archive_error("gzip: " + told());
        rest_.remove_prefix(most - stream_.avail_in);
        is_between_ = state == Z_STREAM_END;
        return {block_.data(), block_.size() - stream_.avail_out};
    }

    // What zlib says of a wrong checksum or length, in the words that are used of zip and 7z.
    std::string told() const
    {
        const std::string_view why = stream_.msg == nullptr ? "invalid data" : stream_.msg;
        if (why == "incorrect data check")
            return "bad CRC";
        return why == "incorrect length check" ? "bad length" : std::string(why);
    }

    std::string_view rest_;
    bool is_between_ = false; // whether a member has just ended
    std::vector<char> block_;
    std::array<char, longest_name + 1> name_{};
    gz_header header_{};
    z_stream stream_{};
};

class zstd_file final : public compressed
{
public:
    zstd_file(std::string_view data, std::size_t window)
        : from_{data.data(), data.size(), 0},
          block_(block_size),
          context_(ZSTD_createDCtx(), ZSTD_freeDCtx)
    {
        if (!context_)
            throw std::bad_alloc();
        ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax,
                               static_cast<int>(std::bit_width(window)) - 1);
    }

    std::string_view next() override
    {
        for (bool has_more = true; has_more;)
        {
            ZSTD_outBuffer to{block_.data(), block_.size(), 0};
            const std::size_t before = from_.pos;
            const std::size_t left = ZSTD_decompressStream(context_.get(), &to, &from_);
            if (ZSTD_getErrorCode(left) == ZSTD_error_frameParameter_windowTooLarge)
                throw window_error("looks farther back than the window; a higher window was "
                                   "expected");
            if (ZSTD_isError(left) != 0)
                throw archive_error(std::string("zstd: ") + ZSTD_getErrorName(left));
            if (from_.pos != before || to.pos != 0)
                is_between_ = left == 0;
            if (to.pos != 0)
                return {block_.data(), to.pos};
            has_more = from_.pos < from_.size;
        }
        if (!is_between_)
            throw archive_error("zstd: ends early");
        return {};
    }

private:
    ZSTD_inBuffer from_;
    bool is_between_ = false; // whether a frame has just ended
    std::vector<char> block_;
    std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context_;
};

} // namespace

std::unique_ptr<compressed> compressed::open(std::string_view data, std::size_t window)
{
    if (data.starts_with(gzip_mark))
        return std::make_unique<gzip_file>(data);
    if (is_zstd(data))
        return std::make_unique<zstd_file>(data, window);
    return nullptr;
}

} // namespace archive_package
