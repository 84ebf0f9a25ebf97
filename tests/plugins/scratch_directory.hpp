// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

/// A directory of its own for one test; gone when the test is.
class scratch_directory
{
public:
    scratch_directory()
    {
        std::string name = (std::filesystem::temp_directory_path() / "penstock-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error(name + ": no such directory could be made");
        path_ = name;
    }

    scratch_directory(const scratch_directory&) = delete;
    scratch_directory& operator=(const scratch_directory&) = delete;

    ~scratch_directory()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] std::string path(const std::string& name) const
    {
        return (path_ / name).string();
    }

private:
    std::filesystem::path path_;
};
