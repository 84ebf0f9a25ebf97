// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace penstock::host::http
{

/// Takes a content coding off a stream, piece by piece. For what a client sends of its own files:
/// without the limits that decode_content() has for foreign bytes.
class stream_decoder
{
public:
    /// `coding` is gzip or zstd; throws std::invalid_argument for another.
    explicit stream_decoder(std::string_view coding);
    ~stream_decoder();
    stream_decoder(const stream_decoder&) = delete;
    stream_decoder& operator=(const stream_decoder&) = delete;

    /// Decodes the beginning of `piece` and takes it away; appends at most 64 KiB to `text`.
    /// Returns false if the stream is damaged.
    [[nodiscard]] bool decode(std::string_view& piece, std::string& text);

    /// Returns whether there may be more to decode without any further piece.
    [[nodiscard]] bool has_more() const noexcept { return has_more_; }

    /// Returns whether what was decoded ends where a whole stream does.
    [[nodiscard]] bool is_complete() const noexcept { return complete_; }

private:
    class engine;
    class gzip_engine;
    class zstd_engine;

    std::unique_ptr<engine> engine_;
    bool has_more_ = false;
    bool complete_ = false;
};

} // namespace penstock::host::http
