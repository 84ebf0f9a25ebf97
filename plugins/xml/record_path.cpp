// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "record_path.hpp"

#include <algorithm>

namespace xml_package
{

namespace
{

std::vector<std::string> steps_of(std::string_view path)
{
    std::vector<std::string> steps;
    for (std::size_t begin = 0; begin <= path.size();)
    {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        steps.emplace_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    return steps;
}

std::string_view without_root(std::string_view path)
{
    if (path.starts_with("//"))
        return path.substr(2);
    return path.starts_with('/') ? path.substr(1) : path;
}

bool fits_step(const std::string& step, std::string_view name)
{
    if (step == "*" || step == name)
        return true;
    return step.find(':') == std::string::npos && name.substr(name.find(':') + 1) == step;
}

} // namespace

std::string record_path::problem_of(std::string_view path)
{
    for (const std::string& each : steps_of(without_root(path)))
        if (each.empty() || each.find_first_of(" \t\r\n[]@()=\"'") != std::string::npos)
            return "is no path of elements; NAME, NAME/NAME or /NAME/NAME was expected";
    return {};
}

record_path::record_path(std::string_view path)
    : steps_(steps_of(without_root(path))),
      is_from_root_(path.starts_with('/') && !path.starts_with("//"))
{
}

bool record_path::fits(const std::vector<std::string>& names) const
{
    if (names.size() < steps_.size() || (is_from_root_ && names.size() != steps_.size()))
        return false;
    return std::equal(steps_.rbegin(), steps_.rend(), names.rbegin(), fits_step);
}

} // namespace xml_package
