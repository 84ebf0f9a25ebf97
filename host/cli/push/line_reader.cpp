// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/push/line_reader.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace penstock::host::cli
{

namespace
{

constexpr std::size_t piece = std::size_t{64} << 10;

/// Returns the time that is left for poll(): -1 without a deadline.
int time_until(std::optional<line_reader::clock::time_point> deadline)
{
    if (!deadline)
        return -1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(*deadline - line_reader::clock::now());
    return static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(left.count(), 0, 60'000));
}

} // namespace

line_reader::line_reader(descriptor file, std::string_view coding, int stop, std::string charset)
    : file_(std::move(file)), stop_(stop), named_(std::move(charset))
{
    if (!coding.empty())
        decoder_.emplace(coding);
}

line_reader::outcome line_reader::next(std::string& line, std::optional<clock::time_point> deadline)
{
    if (!charset_)
        if (const outcome begun = begin(deadline); begun != outcome::line)
            return begun;
    const std::size_t unit = charset_->unit();
    while (true)
    {
        const std::size_t end = charset_->find_end(text_, seen_);
        if (end == std::string::npos && is_at_end_ && (text_.size() - at_) % unit != 0)
            return fail("ends in the middle of a character of " + charset_->name());
        if (end != std::string::npos || (is_at_end_ && at_ < text_.size()))
        {
            line.assign(text_, at_, end == std::string::npos ? end : end - at_);
            at_ = seen_ = end == std::string::npos ? text_.size() : end + unit;
            return outcome::line;
        }
        if (is_at_end_)
            return outcome::end;
        text_.erase(0, std::exchange(at_, 0));
        seen_ = text_.size() - text_.size() % unit;
        if (const outcome filled = fill(deadline); filled != outcome::line)
            return filled;
    }
}

/// Finds out how lines end, and passes over the byte order mark.
line_reader::outcome line_reader::begin(std::optional<clock::time_point> deadline)
{
    while (text_.empty() && !is_at_end_)
        if (const outcome filled = fill(deadline); filled != outcome::line)
            return filled;
    while (!(charset_ = line_charset::of(text_, named_, is_at_end_)))
        if (const outcome filled = fill(deadline); filled != outcome::line)
            return filled;
    at_ = seen_ = charset_->mark();
    return outcome::line;
}

/// Appends to the text, or notes that the file ends.
line_reader::outcome line_reader::fill(std::optional<clock::time_point> deadline)
{
    if (!coded_.empty() || (decoder_ && decoder_->has_more()))
        return decode() ? outcome::line : fail("is damaged");
    if (const outcome waited = wait(deadline); waited != outcome::line)
        return waited;
    std::array<char, piece> part; // NOLINT: it is filled before it is read
    const ssize_t count = ::read(file_.number(), part.data(), part.size());
    if (count < 0)
        return errno == EINTR || errno == EAGAIN
                   ? outcome::line
                   : fail("cannot be read: " + std::generic_category().message(errno));
    is_at_end_ = count == 0;
    if (is_at_end_ && decoder_ && !decoder_->is_complete())
        return fail("ends in the middle of compressed data");
    (decoder_ ? coded_ : text_).append(part.data(), static_cast<std::size_t>(count));
    return outcome::line;
}

/// Waits until something can be read.
line_reader::outcome line_reader::wait(std::optional<clock::time_point> deadline)
{
    while (true)
    {
        std::array<pollfd, 2> files{pollfd{file_.number(), POLLIN, 0}, pollfd{stop_, POLLIN, 0}};
        const int ready = ::poll(files.data(), files.size(), time_until(deadline));
        if (ready < 0 && errno != EINTR)
            return fail("cannot be waited for: " + std::generic_category().message(errno));
        if (ready > 0)
            return files[1].revents != 0 ? outcome::end : outcome::line;
        if (deadline && clock::now() >= *deadline)
            return outcome::late;
    }
}

// What is left of a line that was cut is no line.
line_reader::outcome line_reader::fail(std::string why)
{
    what_ = std::move(why);
    is_at_end_ = true;
    text_.clear();
    coded_.clear();
    at_ = seen_ = 0;
    return outcome::failed;
}

bool line_reader::decode()
{
    std::string_view rest = coded_;
    const bool is_sound = decoder_->decode(rest, text_);
    coded_.erase(0, coded_.size() - rest.size());
    return is_sound;
}

} // namespace penstock::host::cli
