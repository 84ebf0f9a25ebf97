// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/stack_report.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <sstream>
#include <string_view>
#include <thread>

#include <dlfcn.h>
#include <execinfo.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace penstock::host::supervise
{

namespace
{

constexpr int question = SIGUSR2;
constexpr int no_answer_yet = -1;
constexpr int frames_of_the_handler = 2; // itself, and the return from the signal
constexpr auto between_looks = std::chrono::milliseconds(1);

// A handler is called with nothing but a number.
std::array<void*, 48> calls;
std::atomic<int> answer{no_answer_yet};

// backtrace() may be called in a handler once it has been called before: its library is loaded then.
extern "C" void tell_calls(int /*signal*/)
{
    const int error = errno;
    const int count = ::backtrace(calls.data(), static_cast<int>(calls.size()));
    answer.store(count);
    errno = error;
}

void write_call(std::ostream& text, void* call)
{
    Dl_info where{};
    if (::dladdr(call, &where) == 0 || where.dli_fname == nullptr)
    {
        text << call;
        return;
    }
    const std::string_view file(where.dli_fname);
    const auto offset =
        reinterpret_cast<std::uintptr_t>(call) - reinterpret_cast<std::uintptr_t>(where.dli_fbase);
    text << file.substr(file.rfind('/') + 1) << "+0x" << std::hex << offset;
    if (where.dli_sname != nullptr)
        text << " " << where.dli_sname;
}

} // namespace

void stack_report::install()
{
    std::array<void*, 1> first;
    ::backtrace(first.data(), 1);
    struct sigaction handler
    {
    };
    handler.sa_handler = tell_calls;
    handler.sa_flags = SA_ONSTACK | SA_RESTART;
    ::sigaction(question, &handler, nullptr);
}

std::string stack_report::of(pid_t thread, std::chrono::milliseconds patience)
{
    answer.store(no_answer_yet);
    if (thread <= 0 || ::syscall(SYS_tgkill, ::getpid(), thread, question) != 0)
        return {};
    const auto until = std::chrono::steady_clock::now() + patience;
    while (answer.load() == no_answer_yet)
    {
        if (std::chrono::steady_clock::now() > until)
            return {};
        std::this_thread::sleep_for(between_looks);
    }
    std::ostringstream text;
    for (int i = frames_of_the_handler; i < answer.load(); ++i)
    {
        text << (i == frames_of_the_handler ? "" : ", ");
        write_call(text, calls[static_cast<std::size_t>(i)]);
    }
    return text.str();
}

} // namespace penstock::host::supervise
