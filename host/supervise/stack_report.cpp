// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/stack_report.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
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
std::atomic<bool> asks_for_calls{false};
std::atomic<stack_report::progress> count_progress{nullptr};
std::atomic<std::uint64_t> progress_made{0};

// backtrace() may be called in a handler once it has been called before: its library is loaded
// then.
extern "C" void answer_question(int /*signal*/)
{
    const int error = errno;
    int count = 0;
    if (asks_for_calls.load())
        count = ::backtrace(calls.data(), static_cast<int>(calls.size()));
    else if (const stack_report::progress made = count_progress.load())
        progress_made.store(made());
    answer.store(count);
    errno = error;
}

// Whether the thread has answered.
bool ask(pid_t thread, bool for_calls, std::chrono::milliseconds patience)
{
    asks_for_calls.store(for_calls);
    answer.store(no_answer_yet);
    if (thread <= 0 || ::syscall(SYS_tgkill, ::getpid(), thread, question) != 0)
        return false;
    const auto until = std::chrono::steady_clock::now() + patience;
    while (answer.load() == no_answer_yet)
    {
        if (std::chrono::steady_clock::now() > until)
            return false;
        std::this_thread::sleep_for(between_looks);
    }
    return true;
}

// The name of what was loaded. Of a file in memory it is the one that it was made with, which the
// system shows as "/memfd:NAME (deleted)".
std::string file_of(const char* loaded)
{
    std::error_code error;
    std::string name = std::filesystem::read_symlink(loaded, error);
    constexpr std::string_view begin = "/memfd:";
    constexpr std::string_view end = " (deleted)";
    if (error || !name.starts_with(begin) || !name.ends_with(end))
        return loaded;
    return name.substr(begin.size(), name.size() - begin.size() - end.size());
}

void write_call(std::ostream& text, void* call)
{
    Dl_info where{};
    if (::dladdr(call, &where) == 0 || where.dli_fname == nullptr)
    {
        text << call;
        return;
    }
    const std::string file = file_of(where.dli_fname);
    const auto offset =
        reinterpret_cast<std::uintptr_t>(call) - reinterpret_cast<std::uintptr_t>(where.dli_fbase);
    text << file.substr(file.rfind('/') + 1) << "+0x" << std::hex << offset;
    if (where.dli_sname != nullptr)
        text << " " << where.dli_sname;
}

} // namespace

void stack_report::install(progress count)
{
    count_progress.store(count);
    std::array<void*, 1> first;
    ::backtrace(first.data(), 1);
    struct sigaction handler
    {
    };
    handler.sa_handler = answer_question;
    handler.sa_flags = SA_ONSTACK | SA_RESTART;
    ::sigaction(question, &handler, nullptr);
}

std::string stack_report::of(pid_t thread, std::chrono::milliseconds patience)
{
    if (!ask(thread, true, patience))
        return {};
    std::ostringstream text;
    for (int i = frames_of_the_handler; i < answer.load(); ++i)
    {
        text << (i == frames_of_the_handler ? "" : ", ");
        write_call(text, calls[static_cast<std::size_t>(i)]);
    }
    return text.str();
}

std::optional<std::uint64_t> stack_report::progress_of(pid_t thread,
                                                       std::chrono::milliseconds patience)
{
    if (count_progress.load() == nullptr || !ask(thread, false, patience))
        return std::nullopt;
    return progress_made.load();
}

} // namespace penstock::host::supervise
