// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/net/content/stream_decoder.hpp"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>
#include <stdexcept>

namespace penstock::host::http
{

namespace
{

using stream_block = std::array<char, std::size_t{64} * 1024>;

constexpr int gzip_stream = 15 + 16; // the window, and that of gzip

} // namespace

class stream_decoder::engine
{
public:
    /// What one step of a decoder has used up and made.
    struct step
    {
        std::size_t used = 0;
        std::size_t made = 0;
        bool at_end = false; ///< of a whole stream; another may follow
        bool damaged = false;
    };

    virtual ~engine() = default;
    virtual step run(std::string_view piece, stream_block& to) = 0;
};

class stream_decoder::gzip_engine final : public engine
{
public:
    gzip_engine()
    {
        if (inflateInit2(&stream_, gzip_stream) != Z_OK)
            throw std::bad_alloc();
    }
    ~gzip_engine() override { inflateEnd(&stream_); }
    gzip_engine(const gzip_engine&) = delete;
    gzip_engine& operator=(const gzip_engine&) = delete;

    step run(std::string_view piece, stream_block& to) override
    {
        const std::size_t most =
            std::min<std::size_t>(piece.size(), std::numeric_limits<uInt>::max());
        // zlib takes no const input, and does not write to it.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
        stream_.avail_in = static_cast<uInt>(most);
        stream_.next_out = reinterpret_cast<Bytef*>(to.data());
        stream_.avail_out = static_cast<uInt>(to.size());
        const int state = inflate(&stream_, Z_NO_FLUSH);
        const bool at_end = state == Z_STREAM_END;
        step made{most - stream_.avail_in, to.size() - stream_.avail_out, at_end,
                  !at_end && state != Z_OK && state != Z_BUF_ERROR};
        // Several gzip members in a row are one gzip file (RFC 1952, 2.2).
        if (at_end && inflateReset(&stream_) != Z_OK)
            made.damaged = true;
        return made;
    }

private:
    z_stream stream_{};
};

class stream_decoder::zstd_engine final : public engine
{
public:
    zstd_engine() : context_(ZSTD_createDCtx(), ZSTD_freeDCtx)
    {
        if (!context_)
            throw std::bad_alloc();
    }

    step run(std::string_view piece, stream_block& to) override
    {
        ZSTD_inBuffer from{piece.data(), piece.size(), 0};
        ZSTD_outBuffer out{to.data(), to.size(), 0};
        const std::size_t left = ZSTD_decompressStream(context_.get(), &out, &from);
        return {from.pos, out.pos, left == 0, ZSTD_isError(left) != 0};
    }

private:
    std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context_;
};

stream_decoder::stream_decoder(std::string_view coding)
{
    if (coding == "gzip")
        engine_ = std::make_unique<gzip_engine>();
    else if (coding == "zstd")
        engine_ = std::make_unique<zstd_engine>();
    else
        throw std::invalid_argument("no stream of this coding can be decoded; gzip or zstd was "
                                    "expected");
}

stream_decoder::~stream_decoder() = default;

bool stream_decoder::decode(std::string_view& piece, std::string& text)
{
    stream_block to; // NOLINT: it is filled before it is read
    const engine::step done = engine_->run(piece, to);
    if (done.damaged)
        return false;
    text.append(to.data(), done.made);
    piece.remove_prefix(done.used);
    has_more_ = done.made == to.size();
    if (done.used + done.made > 0)
        complete_ = done.at_end;
    return done.used + done.made > 0 || piece.empty();
}

} // namespace penstock::host::http
