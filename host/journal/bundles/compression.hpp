// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct ZSTD_CCtx_s;

namespace penstock::host
{

/// Compresses bytes as a frame of Zstandard (RFC 8878), at its fastest usual level. [one thread]
class compressor
{
public:
    /// Throws std::bad_alloc.
    compressor();

    /// Returns the frame, valid until the next call of a member; nothing if it would be no shorter.
    std::optional<std::string_view> compress(std::string_view plain);

    /// Lets go of the memory of a long frame.
    void tidy() noexcept;

private:
    struct deleter
    {
        void operator()(ZSTD_CCtx_s* context) const noexcept;
    };

    std::unique_ptr<ZSTD_CCtx_s, deleter> context_;
    std::string frame_;
};

/// Decompresses a frame of as many bytes as `size`; nothing for any other frame, and for what is
/// none. No more than `size` is allocated, and that only if the frame says the same.
/// Throws std::bad_alloc.
[[nodiscard]] std::optional<std::string> decompress(std::string_view frame, std::size_t size);

} // namespace penstock::host
