// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace archive_package
{

/// A file that gzip (RFC 1952) or zstd (RFC 8878) compressed, unpacked block by block and compared
/// with its checksums and lengths. libarchive does not do so: it compares no checksum of gzip, and
/// none of what is behind the end of a tar. [one thread at a time]
class compressed
{
public:
    /// Opens a file that outlives the result; null if neither gzip nor zstd made it. One of zstd
    /// that looks farther back than `window` bytes, from 1 KiB to 2 GiB, rounded down to a power of
    /// two, is refused by next(): it would take so much memory (RFC 8878, 3.1.1.1.2).
    [[nodiscard]] static std::unique_ptr<compressed> open(std::string_view data,
                                                          std::size_t window);

    compressed() = default;
    virtual ~compressed() = default;
    compressed(const compressed&) = delete;
    compressed& operator=(const compressed&) = delete;

    /// Unpacks the next block, which is valid until the next call; empty at the end. Throws
    /// archive_error if the file is damaged or cut off; its text is what is wrong, alone.
    [[nodiscard]] virtual std::string_view next() = 0;

    /// The name that the file had before, as bytes; empty if it is not told. Known from the first
    /// call of next() on.
    [[nodiscard]] virtual std::string name() const { return {}; }
};

} // namespace archive_package
