// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/graphs/graph_record.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace penstock::host::tests
{

namespace
{

// In one call: the process may be killed at any time.
void append(const std::string& file, const delivery& what)
{
    const std::string line = std::to_string(what.node) + ' ' + std::to_string(what.request) + ' ' +
                             std::to_string(what.value) + '\n';
    const int to = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const bool is_written =
        ::write(to, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    const int error = errno;
    ::close(to);
    if (!is_written)
        throw std::system_error(error, std::generic_category(), file);
}

} // namespace

void graph_record::delivered(delivery what)
{
    const std::lock_guard lock(mutex_);
    if (file_.empty())
        deliveries_.push_back(what);
    else
        append(file_, what);
}

std::vector<delivery> graph_record::deliveries() const
{
    const std::lock_guard lock(mutex_);
    return deliveries_;
}

std::uint64_t graph_record::received(std::size_t node, std::uint64_t value)
{
    const std::lock_guard lock(mutex_);
    if (++all_received_ == awaited_)
        reached_.notify_all();
    return ++received_[{node, value}];
}

void graph_record::wait_for_received(std::uint64_t count)
{
    constexpr std::chrono::milliseconds patience(20);
    std::unique_lock lock(mutex_);
    awaited_ = count;
    for (std::uint64_t before = all_received_;; before = all_received_)
        if (reached_.wait_for(lock, patience, [&] { return all_received_ >= count; }) ||
            before == all_received_)
            return;
}

bool graph_record::is_away(std::size_t node, const random_outage& away)
{
    if (away.every == 0)
        return false;
    const std::lock_guard lock(mutex_);
    return asks_[node]++ % (away.every + away.asks) >= away.every;
}

} // namespace penstock::host::tests
