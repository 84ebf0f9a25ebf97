// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace files_package
{

/// The compression of a file to one beside it, which takes its place when it is whole and on the
/// disk. A crash leaves the file as it was. [one thread at a time]
class compression
{
public:
    /// Opens the file and makes `PATH.gz.part` or `PATH.zst.part`; `kind` is gzip or zstd. Throws
    /// std::system_error. Blocks.
    compression(std::string path, std::string_view kind);

    /// Removes what is not whole.
    ~compression();
    compression(const compression&) = delete;
    compression& operator=(const compression&) = delete;

    /// Compresses the next part; returns false when the file is replaced. Throws std::system_error.
    /// Blocks, for less than a second as a rule.
    bool step();

private:
    struct packer;
    class gzip_packer;
    class zstd_packer;

    void finish();
    void write(std::string_view text);

    std::string path_;
    std::string made_; // the compressed file
    int from_ = -1;
    int to_ = -1;
    std::string block_;
    std::unique_ptr<packer> packer_;
};

} // namespace files_package
