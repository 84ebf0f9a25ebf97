// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "root.hpp"

#include "path_text.hpp"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

namespace files_package
{

namespace
{

std::string normal(const std::string& path)
{
    std::string text = std::filesystem::path(path).lexically_normal().string();
    while (text.size() > 1 && text.ends_with('/'))
        text.pop_back();
    return text;
}

} // namespace

root::root(std::string_view given)
{
    if (given.empty())
        throw std::invalid_argument("is empty; the path of a file or a folder was expected");
    const std::string whole = path_of_text(given);
    // What is there by that name is no pattern.
    if (!glob::is_one(whole) || status_of(whole, true).what != file_status::kind::nothing)
    {
        path_ = folder_ = normal(whole);
        return;
    }
    const std::size_t slash = whole.rfind('/', whole.find_first_of("*?["));
    const std::string_view rest = std::string_view(whole).substr(slash + 1); // npos + 1 is 0
    path_ = folder_ = slash == std::string::npos ? "." : normal(whole.substr(0, slash + 1));
    pattern_.emplace(rest);
    if (rest.find("**") == std::string_view::npos)
        depth_ = static_cast<std::size_t>(std::ranges::count(rest, '/'));
}

void root::look()
{
    const file_status found = status_of(path_, true);
    error_ = found.error;
    is_trusted_ = true;
    has_entries_ = false;
    is_there_ = found.what == file_status::kind::folder ||
                (found.what == file_status::kind::regular && !pattern_);
    if (!is_there_)
        return;
    if (found.what == file_status::kind::folder)
        inode_ = found.key.inode;
    is_file_ = found.what == file_status::kind::regular;
    folder_ = is_file_ ? folder_of(path_) : path_;
    if (!pattern_)
        depth_ = is_file_ ? 0 : any_depth;
}

std::optional<std::string_view> root::relative(std::string_view path) const
{
    if (folder_ == ".")
        return path.starts_with('/') ? std::nullopt : std::optional(path);
    const std::size_t length = folder_.ends_with('/') ? folder_.size() - 1 : folder_.size();
    if (!path.starts_with(folder_) || path.size() <= length + 1 || path[length] != '/')
        return std::nullopt;
    return path.substr(length + 1);
}

bool root::means(std::string_view relative) const
{
    if (is_file_)
        return relative == name_of(path_);
    return !pattern_ || pattern_->matches(relative);
}

} // namespace files_package
