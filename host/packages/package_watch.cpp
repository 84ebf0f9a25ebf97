// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/package_watch.hpp"

#include <array>
#include <cstdint>
#include <system_error>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace penstock::host
{

namespace
{

namespace files = std::filesystem;

constexpr int quiet = 50; // ms

/// Whole files and folders that are named, renamed or removed; one that is being written to is
/// told when it is closed.
constexpr std::uint32_t changes = IN_MOVED_TO | IN_MOVED_FROM | IN_CLOSE_WRITE | IN_DELETE |
                                  IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB | IN_ONLYDIR |
                                  IN_MASK_ADD;

/// In a folder where one on the way to the packages is still to be made.
constexpr std::uint32_t arrivals =
    IN_CREATE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_MASK_ADD;

} // namespace

package_watch::package_watch(std::vector<files::path> folders, std::function<void()> changed)
    : folders_(std::move(folders)),
      changed_(std::move(changed)),
      events_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
      end_(::eventfd(0, EFD_CLOEXEC))
{
    if (!events_.is_open() || !end_.is_open())
        return;
    add_watches(); // here, so that nothing is missed once the watch is there
    thread_ = std::thread([this] { watch(); });
}

package_watch::~package_watch()
{
    const std::uint64_t one = 1;
    if (thread_.joinable() && ::write(end_.number(), &one, sizeof one) == sizeof one)
        thread_.join();
}

void package_watch::watch()
{
    bool is_news = false;
    for (;;)
    {
        std::array<pollfd, 2> files{pollfd{events_.number(), POLLIN, 0},
                                    pollfd{end_.number(), POLLIN, 0}};
        const int ready = ::poll(files.data(), files.size(), is_news ? quiet : -1);
        if (files[1].revents != 0)
            return;
        if (ready > 0)
        {
            is_news = drain() || is_news;
            is_news = add_watches() || is_news;
        }
        else if (ready == 0 && std::exchange(is_news, false))
            changed_();
    }
}

/// Watches each folder, or the nearest above it that is there, for it to be made; returns whether
/// there is a folder that was not watched before. To watch anew what is watched changes nothing.
bool package_watch::add_watches()
{
    bool is_news = false;
    for (const files::path& folder : folders_)
    {
        std::error_code error;
        const int own = watch_nearest(files::absolute(folder, error));
        is_news = (own >= 0 && own_.insert(own).second) || is_news;
    }
    return is_news;
}

/// Returns inotify's number of the folder, or -1 if one above it is watched.
int package_watch::watch_nearest(const files::path& folder)
{
    files::path before;
    for (;;)
    {
        const int own = ::inotify_add_watch(events_.number(), folder.c_str(), changes);
        if (own >= 0)
            return own;
        files::path below = folder;
        while (below.has_relative_path() &&
               ::inotify_add_watch(events_.number(), below.parent_path().c_str(), arrivals) < 0)
            below = below.parent_path();
        // What was made before the one above it was watched is not told: the look begins again,
        // unless it ended here before, at one that cannot be watched.
        std::error_code error;
        if (below == before || !files::exists(below, error))
            return -1;
        before = std::move(below);
    }
}

/// Takes what there is to read; returns whether some of it is about the folders themselves.
bool package_watch::drain()
{
    alignas(inotify_event) std::array<char, 16384> part;
    bool is_news = false;
    for (;;)
    {
        const ssize_t count = ::read(events_.number(), part.data(), part.size());
        if (count <= 0)
            return is_news;
        for (ssize_t at = 0; at < count;)
        {
            const auto* event = reinterpret_cast<const inotify_event*>(part.data() + at);
            is_news = is_news || (event->mask & IN_Q_OVERFLOW) != 0 || own_.contains(event->wd);
            if ((event->mask & IN_IGNORED) != 0) // the folder is gone, and its number with it
                own_.erase(event->wd);
            at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
        }
    }
}

} // namespace penstock::host
