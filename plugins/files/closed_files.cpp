// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "closed_files.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <filesystem>

#include <fcntl.h>

namespace files_package
{
namespace
{

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

std::string stamp()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &parts)};
}

} // namespace

std::error_code move_to_closed(const std::string& path)
{
    constexpr int most = 10'000;
    const std::string name = path + '.' + stamp();
    for (int number = 0; number < most; ++number)
    {
        const std::string to = number == 0 ? name : name + '-' + std::to_string(number);
        std::error_code ignored;
        if (std::filesystem::exists(to + ".gz", ignored) ||
            std::filesystem::exists(to + ".zst", ignored))
            continue;
        if (::renameat2(AT_FDCWD, path.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
            return {};
        if (errno != EEXIST)
            return {errno, std::generic_category()};
    }
    return std::make_error_code(std::errc::file_exists);
}

bool is_closed_name(std::string_view name, std::string_view of)
{
    constexpr std::string_view form = ".00000000T000000Z";
    if (!name.starts_with(of) || name.size() < of.size() + form.size())
        return false;
    name.remove_prefix(of.size());
    for (std::size_t i = 0; i < form.size(); ++i)
        if (form[i] == '0' ? !is_digit(name[i]) : name[i] != form[i])
            return false;
    name.remove_prefix(form.size());
    return name.empty() ||
           (name.size() > 1 && name[0] == '-' && std::ranges::all_of(name.substr(1), is_digit));
}

std::vector<std::string> closed_files_of(const std::string& path)
{
    namespace fs = std::filesystem;
    const fs::path file = path;
    const std::string name = file.filename().string();
    std::vector<std::string> found;
    std::error_code error;
    for (fs::directory_iterator each(file.parent_path(), error), end; !error && each != end;
         each.increment(error))
        if (is_closed_name(each->path().filename().string(), name))
            found.push_back(each->path().string());
    std::ranges::sort(found);
    return found;
}

} // namespace files_package
