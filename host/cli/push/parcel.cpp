// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/push/parcel.hpp"

#include "host/base/file_text.hpp"
#include "host/net/file_type.hpp"

#include <algorithm>
#include <iostream>
#include <iterator>
#include <system_error>

namespace penstock::host::cli
{

namespace
{

constexpr std::string_view ndjson = "application/x-ndjson";
constexpr std::string_view standard_input = "-";

bool is_blank(std::string_view line)
{
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

std::vector<std::string> files_in(const std::filesystem::path& folder, std::error_code& error)
{
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error))
        if (entry.is_regular_file())
            files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

boost::system::result<std::unique_ptr<parcel_source>, problem>
parcel_source::open(const std::string& input, parcel_options options)
{
    std::unique_ptr<parcel_source> made(new parcel_source(std::move(options)));
    if (input == standard_input)
    {
        made->files_ = {input};
        if (made->type_of(input).empty())
            return problem("--type", "", "is not given, and cannot be guessed from -",
                           "a media type was expected");
        return made;
    }
    std::error_code error;
    if (std::filesystem::is_directory(input, error))
        made->files_ = files_in(input, error);
    else if (std::filesystem::exists(input, error))
        made->files_ = {input};
    else if (!error)
        error = std::make_error_code(std::errc::no_such_file_or_directory);
    if (error)
        return problem(input, "", "cannot be read: " + error.message(), "");
    std::uint64_t total = 0;
    for (const std::string& file : made->files_)
        if (std::filesystem::is_regular_file(file, error))
            total += std::filesystem::file_size(file, error);
    made->total_ = total;
    return made;
}

std::string parcel_source::type_of(const std::string& file) const
{
    if (!options_.type.empty())
        return options_.type;
    if (options_.batch > 0)
        return std::string(ndjson);
    if (file == standard_input)
        return {};
    const std::string_view guess = http::file_type(file);
    return guess.empty() ? "application/octet-stream" : std::string(guess);
}

std::optional<parcel> parcel_source::next()
{
    const std::lock_guard lock(mutex_);
    while (true)
    {
        if (lines_ != nullptr)
        {
            if (std::optional<parcel> made = next_lines())
                return made;
            lines_ = nullptr;
        }
        if (at_ == files_.size())
            return std::nullopt;
        const std::string& file = files_[at_++];
        if (type_of(file).starts_with(ndjson))
            open_lines(file);
        else if (std::optional<parcel> made = whole(file))
            return made;
    }
}

void parcel_source::open_lines(const std::string& file)
{
    name_ = file;
    line_ = 0;
    has_held_ = false;
    lines_ = &std::cin;
    if (file == standard_input)
        return;
    file_ = std::ifstream(file, std::ios::binary);
    lines_ = &file_;
    if (!file_)
        problems_.emplace_back(file, "", "cannot be read", "");
}

std::optional<parcel> parcel_source::next_lines()
{
    parcel made;
    made.type = type_of(name_);
    const std::uint64_t first = line_ + 1;
    while (has_held_ || std::getline(*lines_, held_))
    {
        const bool is_record = !is_blank(held_);
        has_held_ = !made.body.empty() && is_record &&
                    ((options_.batch > 0 && made.records == options_.batch) ||
                     made.body.size() + held_.size() >= options_.most_bytes);
        if (has_held_)
            break;
        ++line_;
        if (!is_record && made.body.empty())
            continue;
        made.records += is_record ? 1 : 0;
        made.body.append(held_).append(1, '\n');
    }
    if (made.records == 0)
        return std::nullopt;
    made.number = made_++;
    made.source = name_ + ", lines " + std::to_string(first) + " to " + std::to_string(line_);
    return made;
}

std::optional<parcel> parcel_source::whole(const std::string& file)
{
    parcel made{.source = file, .type = type_of(file), .body = {}, .records = 1};
    if (file == standard_input)
    {
        made.body.assign(std::istreambuf_iterator<char>(std::cin), {});
    }
    else
    {
        boost::system::result<std::string, problem> text = read_text(file);
        if (!text)
        {
            problems_.push_back(text.error());
            return std::nullopt;
        }
        made.body = *std::move(text);
    }
    made.number = made_++;
    return made;
}

} // namespace penstock::host::cli
