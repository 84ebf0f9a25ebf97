// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace process
{

/// Throws std::system_error with what `errno` says of a call.
[[noreturn]] inline void throw_errno(const char* call)
{
    throw std::system_error(errno, std::generic_category(), call);
}

/// The owner of a file descriptor, or of none. It is closed with this.
class descriptor
{
public:
    explicit descriptor(int number = -1) : number_(number) {}
    descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    descriptor& operator=(descriptor&& other) noexcept
    {
        std::swap(number_, other.number_);
        return *this;
    }
    ~descriptor() { close(); }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;

    [[nodiscard]] int get() const { return number_; }
    [[nodiscard]] bool is_open() const { return number_ >= 0; }
    void close()
    {
        if (number_ >= 0)
            ::close(std::exchange(number_, -1));
    }

private:
    int number_;
};

/// The two ends of a pipe, neither of which a program that begins inherits by itself, nor is in the
/// place of one of its streams.
struct pipe_ends
{
    /// Throws std::system_error.
    pipe_ends()
    {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            throw_errno("pipe");
        read = beside_streams(descriptor(ends[0]));
        write = beside_streams(descriptor(ends[1]));
    }

    // A process that closed its streams may get their numbers.
    static descriptor beside_streams(descriptor end)
    {
        constexpr int streams = 3;
        if (end.get() >= streams)
            return end;
        descriptor other(::fcntl(end.get(), F_DUPFD_CLOEXEC, streams));
        if (!other.is_open())
            throw_errno("fcntl");
        return other;
    }

    descriptor read;
    descriptor write;
};

/// Makes reads or writes of an end return at once. Throws std::system_error.
inline void make_nonblocking(const descriptor& end)
{
    if (::fcntl(end.get(), F_SETFL, O_NONBLOCK) != 0)
        throw_errno("fcntl");
}

} // namespace process
