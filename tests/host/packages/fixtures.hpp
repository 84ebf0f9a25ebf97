// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/packages/catalogue.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// A folder of its own for one test, removed with all that is in it.
class temporary_folder
{
public:
    temporary_folder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "penstock-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("no temporary folder can be made");
        path_ = std::filesystem::canonical(name);
    }

    ~temporary_folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;

    const std::filesystem::path& path() const { return path_; }

    std::string operator/(std::string_view name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

inline std::filesystem::path fixture(const std::string& name)
{
    return std::filesystem::path(PENSTOCK_FIXTURES) / (name + ".so");
}

/// Puts a fixture into a folder.
inline std::string copy_fixture(const std::string& name, const std::string& to)
{
    std::filesystem::copy_file(fixture(name), to,
                               std::filesystem::copy_options::overwrite_existing);
    std::filesystem::permissions(to, std::filesystem::perms(0644));
    return to;
}

inline void write_file(const std::string& path, std::string_view text)
{
    std::ofstream(path, std::ios::binary) << text;
}

inline std::string read_file(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A watch for code of a fixture that runs.
class fixture_watch
{
public:
    fixture_watch() { ::unsetenv("PENSTOCK_FIXTURE_RAN"); }

    bool ran() const { return std::getenv("PENSTOCK_FIXTURE_RAN") != nullptr; }
};

inline std::vector<std::string> lines(const std::vector<problem>& problems)
{
    std::vector<std::string> list;
    for (const problem& each : problems)
        list.push_back(to_string(each));
    return list;
}

} // namespace penstock::host
