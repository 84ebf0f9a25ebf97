// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/log/promise_file.hpp"

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace penstock::host
{

promise_file::promise_file(std::filesystem::path journal_file)
    : journal_file_(std::move(journal_file)),
      loss_(loss_of_log(journal_file_)),
      promised_(read_promise(journal_file_).value_or(log_promise()))
{
}

std::string promise_file::loss()
{
    std::error_code error;
    if (!loss_.empty() && !std::filesystem::exists(promise_path(journal_file_), error) && !error)
        loss_.clear();
    return loss_;
}

void promise_file::keep(std::uint64_t frames, std::uint64_t number)
{
    const std::optional<std::uint64_t> now = salts();
    if (!now)
        return; // the promise before is kept as well
    if (*now != promised_.salts)
        promised_.worked_in = 0;
    promised_.salts = *now;
    promised_.frames = frames;
    promised_.number = std::max(promised_.number, number);
    write();
}

void promise_file::worked_in(std::uint64_t frames)
{
    promised_.worked_in = std::max(promised_.frames, frames);
    write();
}

// In the header of the log, which says of each frame that follows whether it is of the same log.
std::optional<std::uint64_t> promise_file::salts()
{
    constexpr off_t place = 16;
    if (!log_.is_open())
        log_ = descriptor(::open((journal_file_.string() + "-wal").c_str(), O_RDONLY | O_CLOEXEC));
    std::array<unsigned char, 8> bytes{};
    if (::pread(log_.number(), bytes.data(), bytes.size(), place) !=
        static_cast<ssize_t>(bytes.size()))
        return std::nullopt;
    std::uint64_t read = 0;
    for (const unsigned char each : bytes)
        read = read << 8 | each;
    return read;
}

void promise_file::write()
{
    if (promised_.number == 0)
        return; // nothing was ever acknowledged
    if (!file_.is_open())
        file_ = descriptor(::open(promise_path(journal_file_).c_str(),
                                  O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    const std::string line = write_promise(promised_);
    [[maybe_unused]] const ssize_t written =
        ::pwrite(file_.number(), line.data(), line.size(), 0); // else the one before counts
}

} // namespace penstock::host
