// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"

#include <boost/system/result.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace penstock::host::cli
{

/// The word that stands for the project's name in the files of a template, and in their names.
inline constexpr std::string_view placeholder = "placeholder";

/// Where the templates are: `../share/penstock/templates` beside the running binary.
[[nodiscard]] std::filesystem::path template_folder();

/// A new project before it is written: what the files of a template become with a name.
class project
{
public:
    /// Reads the files of the folders. A file that several have is all of theirs, one after the
    /// other.
    [[nodiscard]] static boost::system::result<project, problem>
    read(const std::vector<std::filesystem::path>& folders, const std::string& name);

    /// Returns whether the code of the template uses the name for something else, or its graphs
    /// use a package of that name.
    [[nodiscard]] std::optional<problem> refuse_name() const;

    /// Writes the project as the new folder NAME in `parent`: all of it or, with a problem,
    /// nothing.
    [[nodiscard]] std::optional<problem> write(const std::filesystem::path& parent) const;

private:
    struct file
    {
        std::filesystem::path path; ///< within the project
        std::string text;           ///< with the placeholder
        std::filesystem::perms mode{};
    };

    explicit project(std::string name) : name_(std::move(name)) {}

    std::string name_;
    std::vector<file> files_;
};

} // namespace penstock::host::cli
