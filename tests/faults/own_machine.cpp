// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/own_machine.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <iostream>
#include <stdexcept>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace penstock::faults
{

namespace
{

int code_of(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void must(bool done, const char* what)
{
    if (!done)
        throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
}

int end_of(pid_t child)
{
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        must(errno == EINTR, "waitpid");
    return code_of(status);
}

// Mounts of before are seen and not changed. Names of networks are in /run/netns, which is not that
// of the machine outside.
void set_up()
{
    must(::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0, "mounts");
    must(::mount("proc", "/proc", "proc", 0, nullptr) == 0, "/proc");
    must(::mount("none", "/run", "tmpfs", 0, "mode=0755") == 0, "/run");
    std::filesystem::create_directory("/run/netns");
    if (run_program({"ip", "link", "set", "lo", "up"}) != 0)
        throw std::runtime_error("ip: did not bring up the loopback device; the package iproute2 "
                                 "was expected");
}

// The first process of the machine: with it all others end. It waits for those that have lost their
// parents.
[[noreturn]] void be_first(const std::function<int()>& run)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const pid_t worker = ::fork();
    if (worker < 0)
        std::_Exit(1);
    if (worker == 0)
    {
        int code = 1;
        try
        {
            set_up();
            code = run();
        }
        catch (const std::exception& error)
        {
            std::cerr << error.what() << '\n';
        }
        std::cout.flush();
        std::_Exit(code);
    }
    for (;;)
    {
        int status = 0;
        const pid_t ended = ::waitpid(-1, &status, 0);
        if (ended == worker || (ended < 0 && errno == ECHILD))
            std::_Exit(ended == worker ? code_of(status) : 1);
    }
}

// The calling process stays outside: the mounts are none of its own, and end with this one. What
// keeps the namespaces away is written to `to`.
[[noreturn]] void leave(int to, const std::function<int()>& run)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::unshare(CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET) != 0)
    {
        const int refused = errno;
        std::_Exit(::write(to, &refused, sizeof refused) == sizeof refused ? 0 : 1);
    }
    ::close(to);
    const pid_t first = ::fork();
    if (first == 0)
        be_first(run);
    if (first < 0)
        std::_Exit(1);
    int status = 0;
    while (::waitpid(first, &status, 0) < 0)
        if (errno != EINTR)
            std::_Exit(1);
    std::_Exit(code_of(status));
}

} // namespace

int on_own_machine(const std::function<int()>& run, std::string& why_not)
{
    std::array<int, 2> ends{};
    must(::pipe2(ends.data(), O_CLOEXEC) == 0, "pipe");
    const pid_t child = ::fork();
    must(child >= 0, "fork");
    if (child == 0)
        leave(ends[1], run);
    ::close(ends[1]);
    int refused = 0;
    const bool is_refused = ::read(ends[0], &refused, sizeof refused) == sizeof refused;
    ::close(ends[0]);
    const int code = end_of(child);
    if (!is_refused)
        return code;
    why_not = std::string("no namespaces: ") + std::strerror(refused) + "; root was expected";
    return -1;
}

void mount_small_disk(const std::string& at, unsigned mebibytes)
{
    const std::string options = "mode=0700,size=" + std::to_string(mebibytes) + "m";
    must(::mount("penstock", at.c_str(), "tmpfs", 0, options.c_str()) == 0, at.c_str());
}

int run_program(const std::vector<std::string>& words)
{
    std::vector<char*> list;
    for (const std::string& each : words)
        list.push_back(const_cast<char*>(each.c_str()));
    list.push_back(nullptr);
    const pid_t child = ::fork();
    must(child >= 0, "fork");
    if (child == 0)
    {
        ::execvp(list.front(), list.data());
        ::_exit(127);
    }
    return end_of(child);
}

} // namespace penstock::faults
