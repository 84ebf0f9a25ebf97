// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Shifts the clock of the wall for a program (LD_PRELOAD) by as many seconds as the file
// PENSTOCK_CLOCK says, a number of 64 bits, which may change at any time. Clocks that only go
// forward are left alone.
#include <atomic>
#include <cstdint>
#include <cstdlib>

#include <ctime>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace
{

std::int64_t shift()
{
    static const std::atomic<std::int64_t>* const shared = []
    {
        static constinit std::atomic<std::int64_t> none{0};
        const char* const name = std::getenv("PENSTOCK_CLOCK");
        const int file = name == nullptr ? -1 : ::open(name, O_RDONLY | O_CLOEXEC);
        void* const at =
            file < 0 ? MAP_FAILED : ::mmap(nullptr, sizeof none, PROT_READ, MAP_SHARED, file, 0);
        if (file >= 0)
            ::close(file);
        return at == MAP_FAILED ? &none : static_cast<std::atomic<std::int64_t>*>(at);
    }();
    return shared->load(std::memory_order_relaxed);
}

} // namespace

extern "C"
{
    [[gnu::visibility("default")]] int clock_gettime(clockid_t which, timespec* time) noexcept
    {
        const int done = static_cast<int>(::syscall(SYS_clock_gettime, which, time));
        if (done == 0 && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE))
            time->tv_sec += shift();
        return done;
    }

    [[gnu::visibility("default")]] int gettimeofday(timeval* time, void* zone) noexcept
    {
        const int done = static_cast<int>(::syscall(SYS_gettimeofday, time, zone));
        if (done == 0)
            time->tv_sec += shift();
        return done;
    }

    [[gnu::visibility("default")]] time_t time(time_t* into) noexcept
    {
        timespec now{};
        clock_gettime(CLOCK_REALTIME, &now);
        if (into != nullptr)
            *into = now.tv_sec;
        return now.tv_sec;
    }

} // extern "C"
