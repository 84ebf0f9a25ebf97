// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/crash_handler.hpp"

#include <atomic>
#include <cstdint>
#include <ctime>

#include <signal.h>
#include <unistd.h>

namespace penstock::host::supervise
{

namespace
{

// A handler is called with nothing but a number: what it needs has to be found from here.
std::atomic<shared_memory*> noted_in{nullptr};
std::uintptr_t memory_page = 4096;
constinit thread_local const thread_slot* this_thread = nullptr;

// A value that is none of the three was written by who went astray, and is as nothing.
bool begin_note(crash_note& note) noexcept
{
    std::uint32_t expected = note.progress.load();
    while (expected != crash_note::being_written && expected != crash_note::written)
        if (note.progress.compare_exchange_weak(expected, crash_note::being_written))
            return true;
    return false;
}

// Another thread's note must be whole before this one ends the process; it takes no millisecond.
void wait_until_written(const crash_note& note) noexcept
{
    constexpr int most_looks = 1'000;
    constexpr std::timespec between_looks{.tv_sec = 0, .tv_nsec = 1'000'000};
    for (int look = 0; look < most_looks && note.progress.load() == crash_note::being_written;
         ++look)
        ::nanosleep(&between_looks, nullptr);
}

void take_packet(crash_note& note, const shared_memory& from, std::uint32_t record) noexcept
{
    note.record = record;
    note.has_packet = 0;
    if (record == 0 || record >= shared_memory::record_count)
        return;
    const node_record& ran = from.record(record);
    if (ran.has_packet.load() == 0)
        return;
    note.packet = ran.packet;
    note.has_packet = 1;
}

bool in_guard_page(const shared_memory& from, std::uint32_t record, const siginfo_t& what) noexcept
{
    if (what.si_signo != SIGSEGV || record == 0 || record >= shared_memory::record_count)
        return false;
    const auto address = reinterpret_cast<std::uintptr_t>(what.si_addr);
    const std::uintptr_t guard = from.record(record).stack_end.load();
    return guard != 0 && address >= guard && address < guard + memory_page;
}

// Only what may be done in a handler: no locks, no memory, no library but for atomics.
extern "C" void note_crash(int signal, siginfo_t* what, void* /*context*/)
{
    shared_memory* const into = noted_in.load();
    crash_note& note = into->head().crash;
    if (begin_note(note))
    {
        const std::uint32_t record =
            this_thread == nullptr ? 0 : thread_slot::record_of(this_thread->slice.load());
        note.signal_number = signal;
        note.milliseconds = 0;
        take_packet(note, *into, record);
        note.what =
            in_guard_page(*into, record, *what) ? crash_note::stack_overflow : crash_note::signal;
        note.progress.store(crash_note::written);
    }
    wait_until_written(note);
    struct sigaction ordinary
    {
    };
    ordinary.sa_handler = SIG_DFL;
    ::sigaction(signal, &ordinary, nullptr);
    ::raise(signal); // held back until the handler returns
}

} // namespace

void crash_handler::install(shared_memory& shared_memory)
{
    memory_page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    noted_in.store(&shared_memory);
    struct sigaction handler
    {
    };
    handler.sa_sigaction = note_crash;
    handler.sa_flags = SA_SIGINFO | SA_ONSTACK;
    ::sigfillset(&handler.sa_mask);
    for (const int each : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT})
        ::sigaction(each, &handler, nullptr);
}

void crash_handler::this_thread_is(const thread_slot* slot) noexcept
{
    this_thread = slot;
}

void crash_handler::note_hang(shared_memory& shared_memory, std::uint32_t record,
                              std::chrono::milliseconds time) noexcept
{
    crash_note& note = shared_memory.head().crash;
    if (!begin_note(note))
        return;
    note.signal_number = 0;
    note.milliseconds = static_cast<std::uint32_t>(time.count());
    take_packet(note, shared_memory, record);
    note.what = crash_note::hang;
    note.progress.store(crash_note::written);
}

} // namespace penstock::host::supervise
