// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/push/parcel.hpp"

#include "host/base/file_text.hpp"
#include "host/net/content/file_type.hpp"
#include "host/net/content/media_type.hpp"

#include <algorithm>
#include <cerrno>
#include <iostream>
#include <iterator>
#include <system_error>

#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace penstock::host::cli
{

namespace
{

constexpr std::string_view ndjson = "application/x-ndjson";
constexpr std::string_view standard_input = "-";

/// A compressed file: how its name ends, its content coding, and its type as it is.
struct compression
{
    std::string_view suffix;
    std::string_view coding;
    std::string_view type;
};

constexpr compression wrappings[] = {{".gz", "gzip", "application/gzip"},
                                     {".zst", "zstd", "application/zstd"}};

// The encoding that a media type names; empty if it names none.
std::string charset_in(const std::string& type)
{
    const auto parsed = http::parse_media_type(type);
    return std::string(parsed ? parsed->parameter("charset").value_or("") : "");
}

// The same media type with another encoding.
std::string with_charset(const std::string& type, const std::string& charset)
{
    const auto parsed = http::parse_media_type(type);
    std::string made = parsed ? parsed->essence : type;
    for (const auto& [name, value] : parsed ? parsed->parameters : http::parameter_list())
        if (name != "charset")
            made += "; " + name + '=' + quote(value);
    return made + "; charset=" + charset;
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
        if (made->wrapping_of(input).type.empty())
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
    bool is_known = true;
    for (const std::string& file : made->files_)
    {
        const wrapping as = made->wrapping_of(file);
        is_known = is_known && (as.coding.empty() || !as.is_lines());
        if (std::filesystem::is_regular_file(file, error))
            total += std::filesystem::file_size(file, error);
    }
    if (is_known)
        made->total_ = total;
    return made;
}

parcel_source::parcel_source(parcel_options options)
    : options_(std::move(options)), stop_(::eventfd(0, EFD_CLOEXEC))
{
    if (!stop_.is_open())
        throw std::system_error(errno, std::generic_category(), "eventfd");
}

bool parcel_source::wrapping::is_lines() const
{
    return type.starts_with(ndjson);
}

parcel_source::wrapping parcel_source::wrapping_of(const std::string& file) const
{
    const auto wrapped = std::ranges::find_if(wrappings, [&](const auto& each)
                                              { return file.ends_with(each.suffix); });
    const bool is_wrapped = wrapped != std::end(wrappings) && options_.type != wrapped->type;
    const std::string coding = is_wrapped ? std::string(wrapped->coding) : "";
    if (!options_.type.empty())
        return {options_.type, coding};
    if (options_.batch > 0)
        return {std::string(ndjson), coding};
    if (file == standard_input)
        return {};
    const std::string_view name =
        std::string_view(file).substr(0, file.size() - (is_wrapped ? wrapped->suffix.size() : 0));
    const std::string_view guess = http::file_type(name);
    if (guess.empty()) // what a host that unpacks it would not know either
        return {"application/octet-stream", ""};
    return {std::string(guess), coding};
}

std::optional<parcel> parcel_source::next()
{
    const std::lock_guard lock(mutex_);
    while (true)
    {
        if (lines_)
        {
            if (std::optional<parcel> made = next_lines())
                return made;
            lines_.reset();
        }
        if (at_ == files_.size())
            return std::nullopt;
        const std::string& file = files_[at_++];
        wrapping as = wrapping_of(file);
        if (as.is_lines())
            open_lines(file, as);
        else if (std::optional<parcel> made = whole(file, std::move(as)))
            return made;
    }
}

void parcel_source::stop()
{
    ::eventfd_write(stop_.number(), 1);
}

void parcel_source::open_lines(const std::string& file, const wrapping& as)
{
    name_ = file;
    type_ = as.type;
    line_ = 0;
    has_held_ = false;
    descriptor opened(file == standard_input ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                                             : ::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (opened.is_open())
        lines_.emplace(std::move(opened), as.coding, stop_.number(), charset_in(as.type));
    else
        problems_.emplace_back(file, "",
                               "cannot be read: " + std::generic_category().message(errno), "");
}

std::optional<parcel> parcel_source::next_lines()
{
    parcel made;
    made.type = type_;
    const std::uint64_t first = line_ + 1;
    std::optional<line_reader::clock::time_point> deadline; // once there is something to send
    while (true)
    {
        if (!has_held_)
        {
            const line_reader::outcome came = lines_->next(held_, deadline);
            if (came == line_reader::outcome::failed)
                problems_.emplace_back(name_, "", lines_->what(), "");
            if (came != line_reader::outcome::line)
                break;
        }
        const line_charset& charset = lines_->charset();
        const bool is_record = !charset.is_blank(held_);
        has_held_ = !made.body.empty() && is_record &&
                    ((options_.batch > 0 && made.records == options_.batch) ||
                     made.body.size() + held_.size() >= options_.most_bytes);
        if (has_held_)
            break;
        ++line_;
        if (!is_record && made.body.empty())
            continue;
        if (!deadline)
            deadline = line_reader::clock::now() + options_.batch_wait;
        made.records += is_record ? 1 : 0;
        made.body.append(held_).append(charset.encode('\n'));
    }
    if (made.records == 0)
        return std::nullopt;
    if (!lines_->charset().name().empty())
        made.type = with_charset(type_, lines_->charset().name());
    made.number = made_++;
    made.source = name_ + ", lines " + std::to_string(first) + " to " + std::to_string(line_);
    return made;
}

std::optional<parcel> parcel_source::whole(const std::string& file, wrapping as)
{
    parcel made{.source = file,
                .type = std::move(as.type),
                .coding = std::move(as.coding),
                .body = {},
                .records = 1};
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
