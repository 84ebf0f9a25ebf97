// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "program.hpp"

#include "../process/child.hpp"
#include "../process/descriptor.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace document_package
{

namespace
{

using clock = std::chrono::steady_clock;
using process::child;
using process::descriptor;
using process::pipe_ends;

constexpr int between_looks = 10;            // at time and memory, in milliseconds
constexpr std::size_t longest_errors = 4096; // of what is kept

descriptor file_of(std::string_view content)
{
    descriptor file(::memfd_create("input", MFD_CLOEXEC));
    if (!file.is_open())
        process::throw_errno("memfd_create");
    while (!content.empty())
    {
        const ssize_t written = ::write(file.get(), content.data(), content.size());
        if (written < 0 && errno != EINTR)
            process::throw_errno("write");
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

void check_end(child& of, const program_result& result, const program_limits& limits)
{
    const int signal = of.signal();
    const int status = WIFEXITED(of.status()) ? WEXITSTATUS(of.status()) : 0;
    const bool lacked_memory = of.memory() > limits.memory - limits.memory / 10 ||
                               process::tells_of_lacking_memory(result.errors);
    if ((signal != 0 || status != 0) && lacked_memory)
        throw program_error("memory limit");
    if (status == process::not_begun && result.output.empty() && result.errors.empty())
        throw std::system_error(ENOENT, std::generic_category(), "execv");
    if (signal != 0)
        throw program_error("signal " + std::to_string(signal));
}

} // namespace

program_result run_program(const std::vector<std::string>& command, std::string_view input,
                           const program_limits& limits)
{
    const clock::time_point end = clock::now() + limits.time;
    const descriptor file = file_of(input);
    pipe_ends output, errors;
    process::make_nonblocking(output.read);
    process::make_nonblocking(errors.read);
    // It is told to end by what it looks at; this is for what grows faster than that.
    const std::array space{process::resource_limit{RLIMIT_AS, limits.memory + limits.memory / 4 +
                                                                  (std::size_t{64} << 20)}};
    child running(command, {file.get(), output.write.get(), errors.write.get()}, space);
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
