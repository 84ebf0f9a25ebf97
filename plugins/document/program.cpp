// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "program.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace document_package
{

namespace
{

using clock = std::chrono::steady_clock;

constexpr int between_looks = 10;            // at time and memory, in milliseconds
constexpr std::size_t longest_errors = 4096; // of what is kept
constexpr int not_begun = 127;               // as shells tell it; a sanitizer's vfork tells no more
constexpr int first_signal_status = 128;     // as shells tell a signal

[[noreturn]] void fail(const char* what)
{
    throw std::system_error(errno, std::generic_category(), what);
}

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

struct pipe_ends
{
    pipe_ends()
    {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            fail("pipe");
        read = descriptor(ends[0]);
        write = descriptor(ends[1]);
        ::fcntl(read.get(), F_SETFL, O_NONBLOCK);
    }

    descriptor read, write;
};

descriptor file_of(std::string_view content)
{
    descriptor file(::memfd_create("input", MFD_CLOEXEC));
    if (!file.is_open())
        fail("memfd_create");
    while (!content.empty())
    {
        const ssize_t written = ::write(file.get(), content.data(), content.size());
        if (written < 0 && errno != EINTR)
            fail("write");
        content.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
    ::lseek(file.get(), 0, SEEK_SET);
    return file;
}

// Reads what there is, and closes it at its end. Only the begin is kept, if there is too much.
void read_some(descriptor& from, std::string& into, std::size_t most)
{
    std::array<char, 65536> block; // NOLINT: it is filled before it is read
    while (from.is_open())
    {
        const ssize_t count = ::read(from.get(), block.data(), block.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EAGAIN)
            return;
        if (count <= 0)
            return from.close();
        into.append(block.data(), std::min(static_cast<std::size_t>(count), most - into.size()));
        if (into.size() == most)
            return;
    }
}

// What a program begins with.
struct beginning
{
    char* const* arguments;
    std::array<int, 3> streams;
    rlimit space;
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
    ::setrlimit(RLIMIT_AS, &how.space);
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

// A running program and all that it starts, which are one group. They end with this.
class child
{
public:
    child(const std::vector<std::string>& command, const descriptor& input, pipe_ends& output,
          pipe_ends& errors, std::size_t memory)
    {
        std::vector<char*> arguments;
        for (const std::string& each : command)
            arguments.push_back(const_cast<char*>(each.c_str()));
        arguments.push_back(nullptr);
        // It is told to end by what it looks at; this is for what grows faster than that.
        const rlim_t space = memory + memory / 4 + (64U << 20);
        const beginning how{arguments.data(),
                            {input.get(), output.write.get(), errors.write.get()},
                            {space, space}};
        int wrong = 0;
        sigset_t all, before;
        sigfillset(&all);
        ::pthread_sigmask(SIG_BLOCK, &all, &before);
        pid_ = begin(how, wrong);
        ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
        if (pid_ < 0)
            fail("vfork");
        if (wrong != 0)
        {
            wait(0);
            errno = wrong;
            fail("execv");
        }
    }

    ~child()
    {
        ::kill(-pid_, SIGKILL);
        if (!ended_)
            wait(0);
    }

    child(const child&) = delete;
    child& operator=(const child&) = delete;

    /// Whether it has ended by itself.
    bool has_ended() { return ended_ || wait(WNOHANG); }

    [[nodiscard]] int status() const { return status_; }

    /// The most memory that it has had, as far as that is known.
    [[nodiscard]] std::size_t memory()
    {
        std::ifstream statm("/proc/" + std::to_string(pid_) + "/statm");
        std::size_t all = 0, resident = 0;
        if (!ended_ && statm >> all >> resident)
            most_ = std::max(most_, resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)));
        return most_;
    }

private:
    bool wait(int how)
    {
        ::pid_t found = 0;
        do
            found = ::waitpid(pid_, &status_, how);
        while (found < 0 && errno == EINTR);
        ended_ = found == pid_ || found < 0;
        return ended_;
    }

    ::pid_t pid_;
    int status_ = 0;
    bool ended_ = false;
    std::size_t most_ = 0;
};

// Programs that get no memory say so before they end, or crash.
bool lacked_memory(child& of, const std::string& errors, std::size_t limit)
{
    if (of.memory() > limit - limit / 10)
        return true;
    return std::ranges::any_of(std::array{"out of memory", "Out of memory", "Out of space",
                                          "bad_alloc", "MemoryError", "allocate memory"},
                               [&](const char* words)
                               { return errors.find(words) != std::string::npos; });
}

void check_end(child& of, const program_result& result, const program_limits& limits)
{
    int signal = WIFSIGNALED(of.status()) ? WTERMSIG(of.status()) : 0;
    const int status = WIFEXITED(of.status()) ? WEXITSTATUS(of.status()) : 0;
    if (status > first_signal_status && status <= first_signal_status + SIGRTMAX)
        signal = status - first_signal_status;
    if ((signal != 0 || status != 0) && lacked_memory(of, result.errors, limits.memory))
        throw program_error("memory limit");
    if (status == not_begun && result.output.empty() && result.errors.empty())
        throw std::system_error(ENOENT, std::generic_category(), "execv");
    if (signal != 0)
        throw program_error("signal " + std::to_string(signal));
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

program_result run_program(const std::vector<std::string>& command, std::string_view input,
                           const program_limits& limits)
{
    const clock::time_point end = clock::now() + limits.time;
    const descriptor file = file_of(input);
    pipe_ends output, errors;
    child running(command, file, output, errors, limits.memory);
    output.write.close();
    errors.write.close();
    program_result result;
    for (bool ended = false; !ended;)
    {
        std::array<pollfd, 2> ready{pollfd{output.read.get(), POLLIN, 0},
                                    pollfd{errors.read.get(), POLLIN, 0}};
        const bool is_ending = !output.read.is_open() && !errors.read.is_open();
        ::poll(ready.data(), ready.size(), is_ending ? 1 : between_looks);
        ended = running.has_ended();
        read_some(output.read, result.output, limits.memory);
        read_some(errors.read, result.errors, longest_errors);
        std::string rest;
        if (result.errors.size() == longest_errors)
            read_some(errors.read, rest, longest_errors);
        if (running.memory() > limits.memory || result.output.size() == limits.memory)
            throw program_error("memory limit");
        if (!ended && clock::now() > end)
            throw program_error("time limit");
    }
    check_end(running, result, limits);
    result.status = WEXITSTATUS(running.status());
    return result;
}

} // namespace document_package
