// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/supervise/short_process.hpp"

#include "host/base/descriptor.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace penstock::host::supervise
{

namespace
{

using clock = std::chrono::steady_clock;
using kind = short_process_end::kind;

constexpr int result_descriptor = 3;

// A file in memory with a text, to be read from its beginning.
descriptor file_of(std::string_view text)
{
    descriptor file(::memfd_create("input", MFD_CLOEXEC));
    while (!text.empty() && file.number() >= 0)
    {
        const ssize_t written = ::write(file.number(), text.data(), text.size());
        if (written < 0 && errno != EINTR)
            return {};
        text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    ::lseek(file.number(), 0, SEEK_SET);
    return file;
}

// What posix_spawn is told, given back in the end.
class instructions
{
public:
    instructions(int input, int result)
    {
        ::posix_spawn_file_actions_init(&files_);
        ::posix_spawn_file_actions_adddup2(&files_, input, STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&files_, result, result_descriptor);
        for (const int each : {STDOUT_FILENO, STDERR_FILENO})
            ::posix_spawn_file_actions_addopen(&files_, each, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_addclosefrom_np(&files_, result_descriptor + 1);
        ::posix_spawnattr_init(&how_);
        sigset_t all;
        sigset_t none;
        ::sigfillset(&all);
        ::sigemptyset(&none);
        ::posix_spawnattr_setsigdefault(&how_, &all);
        ::posix_spawnattr_setsigmask(&how_, &none);
        ::posix_spawnattr_setpgroup(&how_, 0);
        ::posix_spawnattr_setflags(&how_, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK |
                                              POSIX_SPAWN_SETPGROUP);
    }
    ~instructions()
    {
        ::posix_spawn_file_actions_destroy(&files_);
        ::posix_spawnattr_destroy(&how_);
    }
    instructions(const instructions&) = delete;
    instructions& operator=(const instructions&) = delete;

    int spawn(pid_t& made, const short_process& what)
    {
        std::string program = what.program;
        std::vector<std::string> arguments = what.arguments;
        std::vector<std::string> environment = what.environment;
        std::vector<char*> argv{program.data()};
        for (std::string& each : arguments)
            argv.push_back(each.data());
        argv.push_back(nullptr);
        std::vector<char*> environ;
        for (std::string& each : environment)
            environ.push_back(each.data());
        environ.push_back(nullptr);
        return ::posix_spawn(&made, program.c_str(), &files_, &how_, argv.data(), environ.data());
    }

private:
    posix_spawn_file_actions_t files_{};
    posix_spawnattr_t how_{};
};

// Reads what is there; false at the end.
bool read_some(int from, std::string& to)
{
    std::array<char, 65536> block; // NOLINT: it is filled before it is read
    const ssize_t count = ::read(from, block.data(), block.size());
    if (count > 0)
        to.append(block.data(), static_cast<std::size_t>(count));
    return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
}

// Reads until the process has ended, or must; says what it must be killed for, if it must.
kind follow(int process, int result, const short_process& what, std::string& output)
{
    const auto deadline = clock::now() + what.time;
    std::array<pollfd, 2> both{{{process, POLLIN, 0}, {result, POLLIN, 0}}};
    for (;;)
    {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock::now());
        if (left.count() <= 0)
            return kind::timed_out;
        const auto most = std::min<std::int64_t>(left.count(), 60'000);
        if (::poll(both.data(), both.size(), static_cast<int>(most)) < 0 && errno != EINTR)
            return kind::timed_out;
        const bool over = both[0].revents != 0;
        if (both[1].revents != 0 && !read_some(result, output))
            both[1].fd = -1; // closed; poll passes over it
        if (output.size() > what.output)
            return kind::too_long;
        if (over && (both[1].fd < 0 || both[1].revents == 0))
            return kind::exited;
    }
}

} // namespace

short_process_end run(const short_process& what, std::string_view input)
{
    short_process_end end;
    const auto begin = clock::now();
    const descriptor file = file_of(input);
    std::array<int, 2> ends{-1, -1};
    if (file.number() < 0 || ::pipe2(ends.data(), O_CLOEXEC) != 0)
    {
        end.code = errno;
        return end;
    }
    const descriptor result(ends[0]);
    descriptor childs(ends[1]);
    pid_t child = -1;
    end.code = instructions(file.number(), childs.number()).spawn(child, what);
    if (end.code != 0)
        return end;
    childs.close();
    // The C library's header of pidfd_open is none for C++ in Debian 12.
    const descriptor process(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
    end.how = process.number() < 0 ? kind::timed_out
                                   : follow(process.number(), result.number(), what, end.output);
    ::kill(-child, SIGKILL); // and all that it started
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    end.time = std::chrono::duration_cast<std::chrono::milliseconds>(clock::now() - begin);
    if (end.how != kind::exited)
        return end;
    end.how = WIFEXITED(status) ? kind::exited : kind::killed;
    end.code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
    return end;
}

} // namespace penstock::host::supervise
