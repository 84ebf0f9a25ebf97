// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

namespace penstock::fuzz
{

/// A file without a disk, for readers that want a path.
class memory_file
{
public:
    memory_file() : number_(::memfd_create("input", MFD_CLOEXEC))
    {
        if (number_ < 0)
            throw std::runtime_error("no file in memory can be made");
    }

    ~memory_file() { ::close(number_); }

    memory_file(const memory_file&) = delete;
    memory_file& operator=(const memory_file&) = delete;

    void write(std::string_view text) const
    {
        if (::ftruncate(number_, 0) != 0 ||
            ::pwrite(number_, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
            throw std::runtime_error("the file in memory cannot be written");
    }

    [[nodiscard]] std::filesystem::path path() const
    {
        return "/proc/self/fd/" + std::to_string(number_);
    }

private:
    int number_;
};

} // namespace penstock::fuzz
