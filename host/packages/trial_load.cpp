// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/package_store.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>
#include <system_error>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace penstock::host
{

namespace
{

constexpr int patience = 30'000; // ms

/// Loads the package and tells its refusal through the pipe. In the child.
[[noreturn]] void load_and_tell(const stamped_package& package, int pipe)
{
    const auto loaded = load_package(package);
    std::string told = "+";
    if (!loaded)
        told = loaded.error().message + '\0' + loaded.error().expected;
    const ssize_t written = ::write(pipe, told.data(), told.size());
    ::_exit(written == static_cast<ssize_t>(told.size()) ? 0 : 1);
}

/// Reads all that is told; false if nothing came for too long.
bool listen(int pipe, std::string& told)
{
    std::array<char, 4096> part;
    for (;;)
    {
        pollfd waiting{pipe, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, patience);
        if (ready == 0)
            return false;
        const ssize_t count = ready < 0 ? -1 : ::read(pipe, part.data(), part.size());
        if (count == 0 || (count < 0 && errno != EINTR))
            return true;
        if (count > 0)
            told.append(part.data(), static_cast<std::size_t>(count));
    }
}

} // namespace

std::optional<problem> try_to_load(const stamped_package& package)
{
    const std::string where = package.path.string();
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0)
        return problem(where, "", "cannot be tried: " + std::generic_category().message(errno), "");
    const pid_t child = ::fork();
    if (child == 0)
    {
        ::close(ends[0]);
        load_and_tell(package, ends[1]);
    }
    ::close(ends[1]);
    std::string told;
    const bool ended = child < 0 || listen(ends[0], told);
    ::close(ends[0]);
    if (child < 0)
        return problem(where, "", "cannot be tried: no process", "");
    if (!ended)
        ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (told == "+")
        return std::nullopt;
    if (!told.empty())
    {
        const std::size_t split = told.find('\0');
        if (split == std::string::npos)
            return problem(where, "", told, "");
        return problem(where, "", told.substr(0, split), told.substr(split + 1));
    }
    return problem(where, "",
                   ended ? "ends the process when it is loaded"
                         : "does not come to an end when it is loaded",
                   "a package whose constructors only declare was expected");
}

} // namespace penstock::host
