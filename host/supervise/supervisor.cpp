// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/supervisor.hpp"

#include "host/supervise/crash_report.hpp"
#include "host/supervise/handover.hpp"
#include "host/supervise/suspicion.hpp"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <fstream>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace penstock::host::supervise
{

namespace
{

constexpr int cannot_run = 1;

std::vector<char*> pointers_to(std::vector<std::string>& texts)
{
    std::vector<char*> pointers;
    for (std::string& each : texts)
        pointers.push_back(each.data());
    pointers.push_back(nullptr);
    return pointers;
}

// What has no other parent, on Linux with CONFIG_PROC_CHILDREN, as Debian's is.
std::vector<pid_t> children()
{
    std::ifstream list("/proc/self/task/" + std::to_string(::getpid()) + "/children");
    std::vector<pid_t> found;
    for (pid_t each = 0; list >> each;)
        found.push_back(each);
    return found;
}

bool is_crash(int status)
{
    return !WIFEXITED(status) || WEXITSTATUS(status) == exit_to_recover;
}

std::string text_of(int status)
{
    if (WIFEXITED(status))
        return "asked to be started anew";
    return "died of " + name_of_signal(WTERMSIG(status));
}

std::string seconds(std::chrono::milliseconds time)
{
    return std::to_string(time.count()) + " ms";
}

} // namespace

supervisor::supervisor(descriptor listener, supervisor_options options)
    : listener_(std::move(listener)),
      options_(std::move(options)),
      memory_(shared_memory::make()),
      shared_memory_(memory_.number()),
      others_(children())
{
    ::prctl(PR_SET_CHILD_SUBREAPER, 1); // of programs that a worker began and left behind
    ::signal(SIGCHLD, SIG_DFL); // it may have been ignored before us, and then ends go unseen
    ::sigemptyset(&awaited_);
    for (const int each : {SIGTERM, SIGINT, SIGHUP, SIGCHLD})
        ::sigaddset(&awaited_, each);
    ::pthread_sigmask(SIG_BLOCK, &awaited_, nullptr);
}

int supervisor::run()
{
    start(false);
    for (;;)
        if (const std::optional<int> code = recover(wait_for_worker()))
            return *code;
}

void supervisor::start(bool intake_only)
{
    std::vector<std::string> arguments = options_.arguments;
    std::vector<std::string> environment;
    for (char** each = environ; *each != nullptr; ++each)
        environment.emplace_back(*each);
    environment.push_back(
        handover{listener_.number(), memory_.number(), intake_only, options_.settings}.text());
    const std::vector<char*> argument_pointers = pointers_to(arguments);
    const std::vector<char*> environment_pointers = pointers_to(environment);
    shared_memory_.head().serving.store(0);
    started_ = clock::now();
    const pid_t self = ::getpid();
    worker_ = ::fork();
    if (worker_ < 0)
        throw std::system_error(errno, std::generic_category(), "the worker cannot be started");
    if (worker_ == 0)
        become_worker(argument_pointers.data(), environment_pointers.data(), self);
}

// In the child, before the program is there: nothing but system calls.
void supervisor::become_worker(char* const* arguments, char* const* environment,
                               pid_t supervisor) const
{
    // A group of its own: Ctrl-C reaches the supervisor alone, which hands it on once.
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != supervisor) // which died before it could take us along
        ::_exit(cannot_run);
    if (!options_.keeps_cores)
    {
        const rlimit none{0, 0};
        ::setrlimit(RLIMIT_CORE, &none);
    }
    // The others stay held back until the worker asks for them: what comes now is not lost.
    sigset_t children;
    ::sigemptyset(&children);
    ::sigaddset(&children, SIGCHLD);
    ::sigprocmask(SIG_UNBLOCK, &children, nullptr);
    ::fcntl(listener_.number(), F_SETFD, 0);
    ::fcntl(memory_.number(), F_SETFD, 0);
    // The same program even if its file has been replaced: both must agree on the shared memory.
    ::execve("/proc/self/exe", arguments, environment);
    ::_exit(cannot_run);
}

int supervisor::wait_for_worker()
{
    for (;;)
    {
        int status = 0;
        const pid_t ended = ::waitpid(-1, &status, WNOHANG);
        if (ended > 0 && ended == worker_)
        {
            worker_ = -1;
            end_orphans();
            return status;
        }
        if (ended > 0)
            continue;
        heed(::sigwaitinfo(&awaited_, nullptr));
    }
}

// A program that a component began dies with its worker; what that program began does not, and would
// go on with the memory and files of a document that nobody asks for any more. Each has the group of
// its program. One that does not end at once (a program of another user, a disk that does not answer)
// must not keep the next worker waiting: it is reaped when it ends.
void supervisor::end_orphans() const
{
    constexpr std::chrono::seconds patience{1};
    constexpr std::chrono::milliseconds pause{1};
    for (const auto deadline = clock::now() + patience; clock::now() < deadline;)
    {
        std::vector<pid_t> left = children();
        std::erase_if(left, [this](pid_t each) { return std::ranges::count(others_, each) != 0; });
        if (left.empty())
            return;
        for (const pid_t each : left)
        {
            const pid_t group = ::getpgid(each);
            const bool has_own = group > 0 && group != ::getpgrp();
            ::kill(has_own ? -group : each, SIGKILL);
            ::waitpid(each, nullptr, WNOHANG);
        }
        std::this_thread::sleep_for(pause);
    }
}

void supervisor::heed(int signal)
{
    if (signal <= 0 || signal == SIGCHLD)
        return;
    if (signal != SIGHUP)
    {
        stopping_ = true;
        listener_.close(); // or who connects now would wait for an answer that nobody gives
    }
    if (worker_ > 0)
        ::kill(worker_, signal);
}

// What to do after the end of a worker: an exit code, or nothing if there is a new one.
std::optional<int> supervisor::recover(int status)
{
    if (!is_crash(status))
        return WEXITSTATUS(status);
    shared_head& head = shared_memory_.head();
    const auto now = clock::now();
    head.died_at.store(std::chrono::nanoseconds(now.time_since_epoch()).count());
    head.died_of.store(WIFSIGNALED(status) ? WTERMSIG(status) : 0);
    head.crashes.fetch_add(1);
    const restart next = policy_.ended(started_, now, how_it_ended(status));
    const std::string what = "the worker " + text_of(status);
    if (stopping_)
    {
        options_.log(what + " before it had stopped; what it had not done is left");
        return cannot_run;
    }
    options_.log(what + "; starting it anew" +
                 (next.after.count() > 0 ? " in " + seconds(next.after) : "") +
                 (next.intake_only ? ", without its graphs: it crashed too often" : ""));
    if (!rest(next.after))
        return cannot_run;
    start(next.intake_only);
    return std::nullopt;
}

// What a worker asked for was no component's doing.
worker_end supervisor::how_it_ended(int status) const
{
    if (WIFEXITED(status))
        return worker_end::asked;
    const crash_note& note = shared_memory_.head().crash;
    const bool blamed = note.progress.load() == crash_note::written && note.has_packet != 0;
    return blamed || suspect_was_alone(shared_memory_) ? worker_end::packet
                                                       : worker_end::unexplained;
}

// Waits before the next start; false if the end is asked for meanwhile.
bool supervisor::rest(std::chrono::milliseconds time)
{
    const auto until = clock::now() + time;
    for (;;)
    {
        const auto left = std::chrono::nanoseconds(until - clock::now()).count();
        if (left <= 0)
            return true;
        constexpr std::int64_t second = 1'000'000'000;
        const std::timespec patience{.tv_sec = left / second, .tv_nsec = left % second};
        heed(::sigtimedwait(&awaited_, nullptr, &patience));
        if (stopping_)
            return false;
    }
}

} // namespace penstock::host::supervise
