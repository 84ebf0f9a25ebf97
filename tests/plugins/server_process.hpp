// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cerrno>
#include <csignal>
#include <string>
#include <vector>

#include <fcntl.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/// What servers that tests start have in common.
namespace server_process
{

/// How a process is begun, besides its arguments.
struct conditions
{
    const passwd* user = nullptr;           ///< whom it belongs to; null: as this one
    std::vector<std::string> environment{}; ///< empty: as this one's
    std::string folder{};                   ///< where it works; empty: as this one
    std::string log{};                      ///< a file for what it says; empty: nowhere
    int input = -1;                         ///< what it reads; -1: nothing
};

/// Returns the user whom Debian made for a server that is not to be root's; null if this is not
/// root.
inline const passwd* other_user(const char* name)
{
    return ::geteuid() == 0 ? ::getpwnam(name) : nullptr;
}

/// Begins a process, which is killed when the thread ends that has begun it. The first argument is
/// its program.
inline pid_t begin(const std::vector<std::string>& arguments, const conditions& how)
{
    const auto pointers_to = [](const std::vector<std::string>& texts)
    {
        std::vector<char*> made;
        for (const std::string& each : texts)
            made.push_back(const_cast<char*>(each.c_str()));
        made.push_back(nullptr);
        return made;
    };
    const std::vector<char*> list = pointers_to(arguments);
    const std::vector<char*> variables = pointers_to(how.environment);
    const pid_t child = ::fork();
    if (child != 0)
        return child;
    if (how.user != nullptr && (::setgid(how.user->pw_gid) != 0 || ::setuid(how.user->pw_uid) != 0))
        ::_exit(126);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int nothing = ::open("/dev/null", O_RDWR);
    const int output =
        how.log.empty() ? nothing : ::open(how.log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(how.input >= 0 ? how.input : nothing, 0);
    ::dup2(output, 1);
    ::dup2(output, 2);
    if (!how.folder.empty() && ::chdir(how.folder.c_str()) != 0)
        ::_exit(126);
    ::execve(list.front(), list.data(), how.environment.empty() ? environ : variables.data());
    ::_exit(127);
}

/// Waits for the end of a process; returns its status.
inline int end_of(pid_t child)
{
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return status;
}

} // namespace server_process
