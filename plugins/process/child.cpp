// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "child.hpp"

#include "descriptor.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace process
{
namespace
{

constexpr int first_signal_status = 128; // as shells tell a signal

// What a program begins with.
struct beginning
{
    char* const* arguments;
    std::array<int, 3> streams;
    std::span<const resource_limit> limits;
};

// Returns when the program has begun, or could not be, then with the reason in `wrong`. Until then
// its process has our memory, which is neither copied nor counted as its own. All signals are
// blocked. Only what is safe in a copy of a process with threads is called there.
[[gnu::noinline]] ::pid_t begin(const beginning& how, int& wrong)
{
    const ::pid_t made = ::vfork();
    if (made != 0)
        return made;
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (const resource_limit& each : how.limits)
    {
        const rlimit both{each.most, each.most};
        ::setrlimit(each.resource, &both);
    }
    constexpr rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    for (int each = 1; each < SIGRTMIN; ++each)
        ::signal(each, SIG_DFL); // no handler of ours may run there
    sigset_t none;
    sigemptyset(&none);
    ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
    for (int each = 0; each < 3; ++each)
        ::dup2(how.streams[static_cast<std::size_t>(each)], each);
    ::execv(how.arguments[0], how.arguments);
    wrong = errno;
    ::_exit(not_begun);
}

// What a process has in memory, and what it began, as far as its first thread did, in bytes. Pages
// that they share count for each of them.
std::size_t resident(::pid_t pid, int generations)
{
    const std::string folder = "/proc/" + std::to_string(pid);
    std::ifstream statm(folder + "/statm");
    std::size_t all = 0, pages = 0;
    if (!(statm >> all >> pages))
        return 0;
    std::size_t sum = pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    if (generations == 0)
        return sum;
    std::ifstream children(folder + "/task/" + std::to_string(pid) + "/children");
    for (::pid_t each = 0; children >> each;)
        sum += resident(each, generations - 1);
    return sum;
}

} // namespace

std::optional<std::string> find_program(const std::string& name)
{
    if (name.empty() || name.find('\0') != std::string::npos)
        return std::nullopt;
    const char* path = std::getenv("PATH");
    std::string_view rest = path == nullptr ? "/usr/bin:/bin" : path;
    const bool is_path = name.find('/') != std::string::npos;
    while (is_path || !rest.empty())
    {
        const std::size_t end = std::min(rest.find(':'), rest.size());
        const std::string file = is_path ? name : std::string(rest.substr(0, end)) + "/" + name;
        if (::access(file.c_str(), X_OK) == 0)
            return file;
        if (is_path)
            return std::nullopt;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return std::nullopt;
}

child::child(const std::vector<std::string>& command, const std::array<int, 3>& streams,
             std::span<const resource_limit> limits)
{
    std::vector<char*> arguments;
    for (const std::string& each : command)
        arguments.push_back(const_cast<char*>(each.c_str()));
    arguments.push_back(nullptr);
    const beginning how{arguments.data(), streams, limits};
    int wrong = 0;
    sigset_t all, before;
    sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, &before);
    pid_ = begin(how, wrong);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (pid_ < 0)
        throw_errno("vfork");
    if (wrong != 0)
    {
        wait(true);
        errno = wrong;
        throw_errno("execv");
    }
}

child::~child()
{
    end();
}

void child::end()
{
    ::kill(-pid_, SIGKILL);
    if (!ended_)
        wait(true);
}

int child::signal() const
{
    if (WIFSIGNALED(status_))
        return WTERMSIG(status_);
    const int status = WIFEXITED(status_) ? WEXITSTATUS(status_) : 0;
    return status > first_signal_status && status <= first_signal_status + SIGRTMAX
               ? status - first_signal_status
               : 0;
}

std::size_t child::memory()
{
    constexpr int generations = 4; // shells that begin the program proper, and what it begins
    if (!ended_)
        most_ = std::max(most_, resident(pid_, generations));
    return most_;
}

bool child::wait(bool until_it_ends)
{
    ::pid_t found = 0;
    do
        found = ::waitpid(pid_, &status_, until_it_ends ? 0 : WNOHANG);
    while (found < 0 && errno == EINTR);
    ended_ = found == pid_ || found < 0;
    return ended_;
}

bool tells_of_lacking_memory(std::string_view errors)
{
    return std::ranges::any_of(
        std::array<std::string_view, 6>{"out of memory", "Out of memory", "Out of space",
                                        "bad_alloc", "MemoryError", "allocate memory"},
        [&](std::string_view words) { return errors.find(words) != std::string_view::npos; });
}

} // namespace process
