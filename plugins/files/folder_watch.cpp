// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "folder_watch.hpp"

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <system_error>

#include <sys/inotify.h>
#include <unistd.h>

namespace files_package
{

namespace
{

constexpr std::uint32_t of_interest = IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB |
                                      IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE | IN_DELETE_SELF |
                                      IN_MOVE_SELF | IN_ONLYDIR;
constexpr std::size_t buffer_bytes = std::size_t{64} << 10;
constexpr std::size_t most_buffers = 64; // at once

} // namespace

folder_watch::folder_watch()
    : queue_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)), buffer_(buffer_bytes)
{
    if (queue_ < 0)
        throw std::system_error(errno, std::generic_category(), "inotify");
}

folder_watch::~folder_watch()
{
    ::close(queue_);
}

int folder_watch::add(const std::string& folder)
{
    return ::inotify_add_watch(queue_, folder.c_str(), of_interest);
}

void folder_watch::remove(int watch)
{
    ::inotify_rm_watch(queue_, watch);
}

bool folder_watch::changes(const std::function<void(const folder_change&)>& take)
{
    bool is_complete = true;
    for (std::size_t i = 0; i < most_buffers; ++i)
    {
        const ssize_t count = ::read(queue_, buffer_.data(), buffer_.size());
        if (count <= 0)
            break;
        is_complete = take_buffer(static_cast<std::size_t>(count), take) && is_complete;
    }
    return is_complete;
}

bool folder_watch::take_buffer(std::size_t size,
                               const std::function<void(const folder_change&)>& take) const
{
    bool is_complete = true;
    for (std::size_t at = 0; at < size;)
    {
        inotify_event event{};
        std::memcpy(&event, buffer_.data() + at, sizeof event);
        const char* const name = buffer_.data() + at + sizeof event;
        at += sizeof event + event.len;
        const std::string_view text(name, event.len == 0 ? 0 : ::strnlen(name, event.len));
        const bool of_folder = (event.mask & IN_ISDIR) != 0;
        if ((event.mask & IN_Q_OVERFLOW) != 0)
            is_complete = false;
        else if ((event.mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED)) != 0)
            take({folder_change::kind::self_gone, event.wd, {}});
        else if (text.empty())
            continue; // attributes of the folder itself
        else if (!of_folder)
            take({folder_change::kind::file, event.wd, text});
        else if ((event.mask & (IN_MOVED_FROM | IN_DELETE)) != 0)
            take({folder_change::kind::folder_gone, event.wd, text});
        else
            take({folder_change::kind::folder, event.wd, text});
    }
    return is_complete;
}

} // namespace files_package
